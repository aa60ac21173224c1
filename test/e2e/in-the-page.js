// Runs in the browser, beside the Playground: what a test wants to know of the page.
globalThis.look = {
  /** Scrolls to the last messages; where they begin and end, and whether that is all of them. */
  lastMessages(count) {
    const headers = [...document.querySelectorAll('[aria-label="Message header"]')].slice(-count);
    const messages = headers.map((header) => header.parentElement);
    const scroller = scrollerOf(messages.at(-1));
    scroller.scrollTop = scroller.scrollHeight;
    const frames = messages.map((message) => message.getBoundingClientRect());
    const top = Math.min(...frames.map((frame) => frame.top));
    const bottom = Math.max(...frames.map((frame) => frame.bottom));
    const chat = scroller.getBoundingClientRect();
    return {
      top: Math.max(chat.top, top),
      bottom: Math.min(chat.bottom, bottom + 12),
      isWhole: top >= chat.top - 1 && bottom <= chat.bottom + 1,
    };
  },

  /** Where the newest thread of a channel begins and ends. */
  lastThread() {
    const card = cardsOnShow().at(-1);
    const { top, bottom } = card.closest('[role=group]').getBoundingClientRect();
    return { top: top - 4, bottom: bottom + 4, isWhole: true };
  },

  /** Holes in the wording, parts of cards that do not fit their frame, here or on a phone, inputs without a name. */
  flaws() {
    const cards = cardsOnShow();
    const inputs = cards.flatMap((card) => [...card.querySelectorAll('input, textarea, [role=combobox]')]);
    return [
      ...['${', 'undefined', '[object', 'NaN']
        .filter((hole) => document.querySelector('#root').textContent.includes(hole))
        .map((hole) => `shows "${hole}"`),
      ...cards.flatMap(tooWide).map((part) => `too wide: ${nameOf(part)}`),
      ...cards
        .flatMap((card) => atWidth(card, phoneWidth, tooWide))
        .map((part) => `too wide on a phone: ${nameOf(part)}`),
      ...inputs
        .filter((input) => !isNamed(input))
        .map((input) => `no name: ${input.outerHTML.slice(0, 200)}`),
    ];
  },

  /** Beginnings of the cards that have buttons. */
  cardsWithButtons() {
    return cardsOnShow()
      .filter((card) => card.querySelector('.ac-actionSet button') !== null)
      .map((card) => card.textContent.slice(0, 60));
  },

  /** What the cards show that have this text: each text by itself, and the titles of buttons and links. */
  cards(text) {
    const texts = (card, selector) =>
      [...card.querySelectorAll(selector)].filter(isVisible).map(({ textContent }) => textContent);
    return cardsOnShow()
      .filter(({ textContent }) => textContent.includes(text))
      .map((card) => ({
        lines: texts(card, '.ac-textBlock, .ac-richTextBlock'),
        presses: texts(card, 'button, a'),
      }));
  },
};

/** Pixels in which nobody should have to scroll sideways: WCAG 1.4.10. */
const phoneWidth = 320;

function cardsOnShow() {
  return [...document.querySelectorAll('.ac-adaptiveCard')];
}

function scrollerOf(element) {
  const isScroller = getComputedStyle(element).overflowY === 'auto';
  return isScroller ? element : scrollerOf(element.parentElement);
}

function atWidth(card, width, measure) {
  const { style } = card;
  style.width = `${width}px`;
  const measured = measure(card);
  style.removeProperty('width');
  return measured;
}

/** What scrolls within itself, or sticks out of the card. */
function tooWide(card) {
  const { right } = card.getBoundingClientRect();
  const frames = '.ac-container, .ac-textBlock, .ac-richTextBlock, p, button, label';
  return [card, ...card.querySelectorAll('*')].filter(
    (part) =>
      part.getBoundingClientRect().right > right + 1 ||
      (part.matches(frames) && part.scrollWidth > part.clientWidth + 1),
  );
}

function nameOf(part) {
  return `${part.tagName} ${part.textContent.slice(0, 60)}`;
}

function isVisible(part) {
  return part.getClientRects().length > 0;
}

function isNamed(input) {
  return input.labels?.length > 0 || input.ariaLabel !== null || input.hasAttribute('aria-labelledby');
}
