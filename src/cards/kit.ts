import type { Binding, PressName } from '../domain/press.ts';
import type { Button, Card } from './card.ts';
import type { FillTemplate } from './compile.ts';
import type { Wording } from './wording.ts';

export type CardData = Readonly<Record<string, unknown>> & { readonly title: string };

/** What the renderers work with. */
export type Kit = {
  readonly wording: Wording;
  /** Fills a template; every template finds `lang` and `fallback` besides the data. */
  draw(template: string, data: CardData): Card;
};

export function createKit(wording: Wording, fill: FillTemplate): Kit {
  return {
    wording,
    draw: (template, data) => ({
      contentType: 'application/vnd.microsoft.card.adaptive',
      content: fill(template, { lang: wording.language, fallback: data.title, ...data }),
      title: data.title,
    }),
  };
}

/** A press, the label of its button where the usual one does not fit, and the value that it carries. */
export type ButtonOptions = { readonly label?: string; readonly title?: string; readonly value?: string };

export type AddButton = (press: PressName, options?: ButtonOptions) => Button;

/** Makes the buttons of one showing of a card. */
export function buttonsOf({ wording }: Kit, binding: Binding): AddButton {
  return (press, { label = press, title, value } = {}) => ({
    title: title ?? wording.text(`bot.buttons.${label}`),
    data: value === undefined ? { press, binding } : { press, value, binding },
  });
}

/**
 * A button of a card with inputs. `auto` sends the inputs along and lets the client check them first;
 * `none` must work with nothing chosen, as "back" does.
 */
export type InputButton = Button & { readonly inputs: 'auto' | 'none' };

export function withInputs(button: Button): InputButton {
  return { ...button, inputs: 'auto' };
}

export function withoutInputs(button: Button): InputButton {
  return { ...button, inputs: 'none' };
}
