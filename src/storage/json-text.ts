/**
 * JSON that PostgreSQL accepts. It refuses NUL characters and halves of surrogate pairs, which people can send
 * (a file in UTF-16 pasted as text); both become the replacement character instead of failing the whole turn.
 */
export function toJsonText(value: unknown): string {
  const text = JSON.stringify(value);
  return /\\u(0000|d[89a-f])/.test(text) ? JSON.stringify(value, repair) : text;
}

/** The same for a single value that is not JSON. */
export function toStorableText(text: string): string {
  return text.replaceAll('\0', '\ufffd').toWellFormed();
}

function repair(_key: string, value: unknown): unknown {
  if (typeof value === 'string') return toStorableText(value);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [toStorableText(key), inner]));
}
