// Draws the report. Runs in the page, by itself: nothing is fetched, and nothing is kept but the choice of colours.
((report) => {
  'use strict';
  // A word's meaning goes away with Escape, as it came.
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && document.activeElement?.classList.contains('term')) document.activeElement.blur();
  });

  report.drawPrice();
  report.drawEquity();
  report.drawFalls();
  report.drawSharpe();
  report.follow();
  report.everything();
  report.rangeButtons();
  report.logButton();
  report.table();
  report.theme();
})((window.report ??= {}));
