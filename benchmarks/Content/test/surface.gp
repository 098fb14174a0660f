set terminal pngcairo size 900,720 font "Liberation Sans,11" background rgb "#ffffff"
set title "Height of the water in a square basin, second after the stone" font "Liberation Sans,14"
set xrange [-10:10]; set yrange [-10:10]; set zrange [-0.6:1.2]; set isosamples 70; set samples 70; set view 52,38; set ticslevel 0
set palette defined (-0.4 "#0b3c5d", -0.1 "#328cc1", 0.2 "#d9e8f5", 0.6 "#f2c14e", 1 "#b4431f")
set xlabel "x, m"; set ylabel "y, m"; set zlabel "z" offset 1; set pm3d border lc rgb "#404040" lw 0.3; set hidden3d
splot sin(sqrt(x * x + y * y) * 1.4) / (0.6 + 0.55 * sqrt(x * x + y * y)) + 0.08 * cos(x * 2) * exp(-y * y / 40) with pm3d notitle
