/** Markup that is safe to put into a page. */
export type Html = { readonly markup: string };

type Value = string | number | Html | readonly Html[];

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text in the holes of the template is escaped; markup comes from this function alone. */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Html {
  return { markup: parts.reduce((all, part, index) => all + toMarkup(values[index - 1] ?? '') + part) };
}

export const nothing: Html = { markup: '' };

function toMarkup(value: Value): string {
  if (typeof value === 'string' || typeof value === 'number') {
    return String(value).replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);
  }
  return 'markup' in value ? value.markup : value.map(({ markup }) => markup).join('\n');
}
