// Colours of the page and of what is drawn: as the system has them, or as the reader chose.
((report) => {
  'use strict';
  const root = document.documentElement;

  // A canvas knows nothing of style sheets: an element that nobody sees says what a name of the palette is at the moment.
  const probe = document.body.appendChild(Object.assign(document.createElement('span'), { hidden: true }));
  const color = (name) => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  };
  /** Each sets the colours of one thing that is drawn; all are called again when the theme changes. */
  const painters = [];
  const painted = (paint) => {
    painters.push(paint);
    paint();
  };

  const THEMES = ['auto', 'light', 'dark'];
  const NAMES = { auto: 'Auto', light: 'Light', dark: 'Dark' };
  const KEY = 'trading-bot-colours';
  /** A page from a file may have no storage, and works without. */
  const stored = (value) => {
    try {
      return value === undefined ? localStorage.getItem(KEY) : localStorage.setItem(KEY, value);
    } catch {
      return null;
    }
  };
  const repaint = () => painters.forEach((paint) => paint());
  const theme = () => {
    const button = document.getElementById('theme');
    let current = THEMES.includes(stored()) ? stored() : 'auto';
    const apply = () => {
      if (current === 'auto') root.removeAttribute('data-theme');
      else root.dataset.theme = current;
      button.textContent = NAMES[current];
      button.ariaLabel = `Colours: ${NAMES[current]}`;
      repaint();
    };
    button.addEventListener('click', () => {
      current = THEMES[(THEMES.indexOf(current) + 1) % THEMES.length];
      stored(current);
      apply();
    });
    window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', repaint);
    apply();
  };

  Object.assign(report, { color, painted, theme });
})((window.report ??= {}));
