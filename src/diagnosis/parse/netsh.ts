import type { Fact } from '../../domain/diagnosis.ts';
import type { Line } from '../lines.ts';
import { isPrompt } from './commands.ts';
import type { Reading } from './reading.ts';

/**
 * Reads `netsh winhttp show proxy`. Its text is translated, so only its shape is read: a title that names
 * WinHTTP and the proxy, then either `label: server` or one line without a colon, which says "direct".
 */
export function readNetsh(lines: readonly Line[]): Reading {
  const facts: Fact[] = [];
  const used = new Set<number>();
  lines.forEach((line, index) => {
    if (!isTitle(line.plain)) return;
    const body = lines
      .slice(index + 1, index + 5)
      .filter(({ plain }) => plain !== '' && !/^[-=]+$/.test(plain) && !isTitle(plain));
    const [first, second] = body;
    if (first === undefined || isPrompt(first.plain)) return;
    const found = readBody(first);
    facts.push(...found);
    for (const known of [line, first, ...(found.length > 1 && second ? [second] : [])])
      used.add(known.number);
  });
  return { kind: 'winhttp-proxy', facts, used };
}

function isTitle(text: string): boolean {
  return (
    text.endsWith(':') &&
    text.length < 80 &&
    /winhttp/i.test(text) &&
    /proxy|代理|прокси|プロキシ|프록시/i.test(text)
  );
}

function readBody(first: Line): Fact[] {
  const colon = first.plain.indexOf(':');
  const line = first.number;
  if (colon < 0) {
    return /\.$|\)$|。$/.test(first.plain) ? [{ name: 'proxy.winhttp.mode', value: 'direct', line }] : [];
  }
  const server = first.plain.slice(colon + 1).trim();
  if (server === '') return [];
  return [
    { name: 'proxy.winhttp.mode', value: 'named', line },
    { name: 'proxy.winhttp.server', value: server, line },
  ];
}
