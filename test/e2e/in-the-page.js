// Runs in the browser, beside the Playground: what a test wants to know of the page.
globalThis.look = {
  /** Where the last messages begin and end. */
  lastMessages(count) {
    const headers = [...document.querySelectorAll('[aria-label="Message header"]')].slice(-count);
    // A card of which more was opened has grown beyond the end that the chat had scrolled to.
    headers.at(-1)?.parentElement.scrollIntoView({ block: 'end', behavior: 'instant' });
    const frames = headers.map((header) => header.parentElement.getBoundingClientRect());
    return {
      top: Math.max(48, Math.min(...frames.map(({ top }) => top))),
      bottom: Math.max(...frames.map(({ bottom }) => bottom)) + 12,
    };
  },

  /** Where the newest thread of a channel begins and ends. */
  lastThread() {
    const card = [...document.querySelectorAll('.ac-adaptiveCard')].at(-1);
    const { top, bottom } = card.closest('[role=group]').getBoundingClientRect();
    return { top: top - 4, bottom: bottom + 4 };
  },

  /** Holes in the wording, parts of cards that do not fit their frame, inputs without a name. */
  flaws() {
    const cards = [...document.querySelectorAll('.ac-adaptiveCard')];
    const parts = cards.flatMap((card) => [card, ...card.querySelectorAll('.ac-container, .ac-textBlock')]);
    const inputs = cards.flatMap((card) => [...card.querySelectorAll('input, textarea, [role=combobox]')]);
    return [
      ...['${', 'undefined', '[object', 'NaN']
        .filter((hole) => document.querySelector('#root').textContent.includes(hole))
        .map((hole) => `shows "${hole}"`),
      ...parts
        .filter((part) => part.scrollWidth > part.clientWidth + 1)
        .map((part) => `too wide: ${part.textContent.slice(0, 60)}`),
      ...inputs
        .filter((input) => !isNamed(input))
        .map((input) => `no name: ${input.outerHTML.slice(0, 200)}`),
    ];
  },

  /** Beginnings of the cards that have buttons. */
  cardsWithButtons() {
    return [...document.querySelectorAll('.ac-adaptiveCard')]
      .filter((card) => card.querySelector('.ac-actionSet button') !== null)
      .map((card) => card.textContent.slice(0, 60));
  },
};

function isNamed(input) {
  return input.labels?.length > 0 || input.ariaLabel !== null || input.hasAttribute('aria-labelledby');
}
