/** What a button of a card says when it is pressed; inputs of the card come along under their own names. */
export const pressNames = [
  'choose-code',
  'choose-os',
  'choose-check',
  'check-again',
  'choose-guide',
  'works',
  'broken',
  'cannot',
  'option',
  'agree',
  'follow',
  'claim-report',
  'disown-report',
  'pasted-all',
  'send-file',
  'by-hand',
  'remedies',
  'go-on',
  'send-ticket',
  'share',
  'keep-private',
  'withdraw',
  'keep-ticket',
  'ticket-note',
  'ticket-rate',
  'ticket-confirm',
  'ticket-reopen',
  'ticket-withdraw',
  'helped',
  'reopen',
  'help',
  'back',
  'start-over',
  'status',
  'cancel',
  'person',
  'continue',
] as const;

export type PressName = (typeof pressNames)[number];

/** Presses on the card that shows how a ticket stands; it stays valid however the conversation goes on. */
export type TicketPressName = Extract<PressName, `ticket-${string}`>;

/** A press that came in, after its binding was checked. `value` is the chosen option, step or text, if any. */
export type Press = {
  readonly name: Exclude<PressName, TicketPressName>;
  readonly value: string | null;
  /** The other inputs of the form for the helpdesk; left out by every other card. */
  readonly form?: FormInputs;
};

export type FormInputs = Readonly<Partial<Record<'urgency' | 'contact' | 'time', string>>>;

/**
 * Ties a button to one showing of one card: `case.serial.mac`. A press whose binding is not the one of the
 * card on show changes nothing.
 */
export type Binding = string;
