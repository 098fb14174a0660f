"use strict";
const tip = document.getElementById("tip");
for (const point of document.querySelectorAll(".point")) {
  // The title element is for readers without scripts; with them there is one tip, not two.
  point.querySelector("title").remove();
  point.setAttribute("aria-label", point.dataset.tip);
  const show = () => {
    tip.textContent = point.dataset.tip;
    const box = point.getBoundingClientRect();
    const own = tip.getBoundingClientRect();
    tip.style.left = Math.max(4, Math.min(box.right + 8, innerWidth - own.width - 8)) + "px";
    tip.style.top = Math.max(4, box.top - own.height - 6) + "px";
    tip.style.visibility = "visible";
  };
  const hide = () => { tip.style.visibility = "hidden"; };
  point.addEventListener("mouseenter", show);
  point.addEventListener("mouseleave", hide);
  point.addEventListener("focus", show);
  point.addEventListener("blur", hide);
}
addEventListener("beforeprint", () => { for (const fold of document.querySelectorAll("details")) { fold.open = true; } });
