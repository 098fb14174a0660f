set terminal pngcairo size 1000,700 font "DejaVu Sans,11" background rgb "#ffffff"
set title "Water level at the eastern landing, three models" font "DejaVu Sans,15"
set xlabel "hours after noon"; set ylabel "metres above datum"
set xrange [0:48]; set yrange [-3:4]; set xtics 6; set mxtics 6; set mytics 2; set grid xtics ytics mxtics lc rgb "#d0d0d0", lc rgb "#ececec"
set key top right box opaque; set samples 1200
tide(x) = 1.9 * sin(0.5059 * x) + 0.5 * sin(0.5236 * x + 1) + 0.25 * sin(1.01 * x)
set label "spring tide" at 15.5,3.2 font "DejaVu Sans,10"; set arrow from 16.5,3.05 to 15.9,2.75 lw 1
plot tide(x) with filledcurves y1=-3 fc rgb "#dceaf7" notitle, tide(x) with lines lw 2 lc rgb "#1f5fa8" title "harmonic, 3 terms", \
     tide(x) + 0.35 * exp(-(x - 22) ** 2 / 30) * cos(2.2 * x) with lines lw 1.5 lc rgb "#c0392b" dt 2 title "with surge", \
     1.9 * sin(0.5059 * x - 0.2) with lines lw 1 lc rgb "#2e8b57" title "one term", \
     '+' every 20 using 1:(tide($1) + 0.15 * sin(37 * $1)) with points pt 7 ps 0.6 lc rgb "#333333" title "gauge"
