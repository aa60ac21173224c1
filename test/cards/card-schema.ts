import { createRequire } from 'node:module';
import { Ajv } from 'ajv';

// The part of Adaptive Cards 1.5 that the cards may use, stricter than the published schema: nothing else is
// allowed. Elements are those of version 1.2, which is what phones document; the rest degrades well there.

type Schema = Readonly<Record<string, unknown>>;

const text = { type: 'string', minLength: 1 };
const spacing = { enum: ['None', 'Small', 'Default', 'Medium', 'Large'] };
const size = { enum: ['Small', 'Default', 'Medium', 'Large'] };
const color = { enum: ['Default', 'Accent', 'Good', 'Warning', 'Attention'] };
const look = { size, color, weight: { enum: ['Default', 'Bolder'] }, isSubtle: { type: 'boolean' } };
const fontType = { enum: ['Default', 'Monospace'] };
const placing = { spacing, separator: { type: 'boolean' } };

function ref(name: string): Schema {
  return { $ref: `#/definitions/${name}` };
}

function listOf(items: Schema): Schema {
  return { type: 'array', items, minItems: 1 };
}

function typed(type: string, required: readonly string[], properties: Schema): Schema {
  return {
    type: 'object',
    additionalProperties: false,
    required: ['type', ...required],
    properties: { type: { const: type }, ...properties },
  };
}

const elements = {
  TextBlock: typed('TextBlock', ['text', 'wrap'], {
    ...placing,
    ...look,
    fontType,
    text,
    wrap: { const: true },
    style: { const: 'heading' },
  }),
  RichTextBlock: typed('RichTextBlock', ['inlines'], { ...placing, inlines: listOf(ref('TextRun')) }),
  Image: typed('Image', ['url', 'altText'], {
    ...placing,
    // In the card itself: the channel's servers would fetch any other picture.
    url: { type: 'string', pattern: '^data:image/png;base64,' },
    altText: text,
    width: { type: 'string', pattern: '^\\d+px$' },
  }),
  Container: typed('Container', ['items'], {
    ...placing,
    style: { const: 'emphasis' },
    id: text,
    isVisible: { const: false },
    items: listOf(ref('element')),
  }),
  ColumnSet: typed('ColumnSet', ['columns'], {
    ...placing,
    columns: { ...listOf(ref('Column')), maxItems: 2 },
  }),
  ChoiceSet: typed('Input.ChoiceSet', ['id', 'label', 'choices', 'isRequired', 'errorMessage'], {
    ...placing,
    id: { const: 'value' },
    label: text,
    isRequired: { const: true },
    errorMessage: text,
    placeholder: text,
    style: { enum: ['compact', 'expanded'] },
    wrap: { const: true },
    choices: listOf(ref('Choice')),
  }),
  /** Beside inputs of other buttons, so that a client must not insist on it. */
  OptionalChoiceSet: typed('Input.ChoiceSet', ['id', 'label', 'choices'], {
    ...placing,
    id: { enum: ['stars', 'urgency'] },
    label: text,
    value: { type: 'string' },
    style: { enum: ['compact', 'expanded'] },
    wrap: { const: true },
    choices: listOf(ref('Choice')),
  }),
  Toggle: typed('Input.Toggle', ['id', 'label', 'title', 'value', 'valueOn', 'valueOff'], {
    ...placing,
    id: { const: 'value' },
    label: text,
    title: text,
    value: text,
    valueOn: text,
    valueOff: text,
    wrap: { const: true },
  }),
  ActionSet: typed('ActionSet', ['actions'], {
    ...placing,
    actions: listOf({ oneOf: [ref('ToggleVisibility'), ref('Submit'), ref('OpenUrl')] }),
  }),
  Text: typed('Input.Text', ['id', 'label'], {
    ...placing,
    id: { enum: ['value', 'note', 'contact', 'time'] },
    value: { type: 'string' },
    label: text,
    placeholder: text,
    isMultiline: { const: true },
    maxLength: { type: 'integer', maximum: 2000 },
  }),
};

const submitData = {
  type: 'object',
  additionalProperties: false,
  required: ['press', 'binding'],
  properties: { press: text, value: text, binding: text },
};

const schema = {
  ...typed('AdaptiveCard', ['version', 'body', 'lang', 'fallbackText'], {
    $schema: { const: 'http://adaptivecards.io/schemas/adaptive-card.json' },
    version: { const: '1.5' },
    lang: text,
    fallbackText: text,
    body: listOf(ref('element')),
    actions: { type: 'array', maxItems: 6, items: { oneOf: [ref('Submit'), ref('OpenUrl')] } },
  }),
  definitions: {
    element: { oneOf: Object.values(elements) },
    TextRun: typed('TextRun', ['text'], { ...look, fontType, text: { type: 'string' } }),
    Column: typed('Column', ['items'], {
      spacing,
      // A width in pixels lines up the labels of a column, one below the other.
      width: { enum: ['auto', 'stretch', '60px'] },
      items: listOf(ref('element')),
    }),
    Choice: {
      type: 'object',
      additionalProperties: false,
      required: ['title', 'value'],
      properties: { title: text, value: text },
    },
    Submit: typed('Action.Submit', ['title', 'data'], {
      title: text,
      data: submitData,
      associatedInputs: { enum: ['auto', 'none'] },
    }),
    ToggleVisibility: typed('Action.ToggleVisibility', ['title', 'targetElements'], {
      title: text,
      targetElements: listOf(text),
    }),
    OpenUrl: typed('Action.OpenUrl', ['title', 'url'], {
      title: text,
      url: { type: 'string', pattern: '^https?://' },
    }),
  },
};

const validate = new Ajv({ allErrors: true }).compile(schema);

/** What is wrong with the card by the schema; empty when nothing is. */
export function schemaFaults(content: unknown): readonly string[] {
  if (validate(content)) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

type Renderer = typeof import('adaptivecards-renderer');
const renderer: Renderer = createRequire(import.meta.url)('adaptivecards-renderer/dist/adaptivecards.min.js');

/** What Microsoft's renderer complains about when it reads the card as version 1.5, with the limits of Teams. */
export function rendererFaults(content: unknown): readonly string[] {
  const context = new renderer.SerializationContext(renderer.Versions.v1_5);
  const card = new renderer.AdaptiveCard();
  card.hostConfig = new renderer.HostConfig({ actions: { maxActions: 6 } });
  // The renderer tests `lang` with a regular expression that keeps its place, so it refuses every second card.
  card.parse({ ...(content as object), lang: undefined }, context);
  const events = Array.from({ length: context.eventCount }, (_, index) => context.getEventAt(index).message);
  return [...events, ...card.validateProperties().validationEvents.map(({ message }) => message)];
}
