import { readdirSync, readFileSync } from 'node:fs';
import { Template } from 'adaptivecards-templating';
import type { Card } from './card.ts';

/** Fills the template of the named file in `cards/`; the data becomes `$root` there. */
export type FillTemplate = (name: string, data: Readonly<Record<string, unknown>>) => Card['content'];

const folder = new URL('../../cards/', import.meta.url);

export function listTemplates(): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.slice(0, -'.json'.length));
}

/** Compiles every template once: compiling takes 200 times as long as filling, and blocks the event loop. */
export function compileTemplates(): FillTemplate {
  const compiled = new Map(listTemplates().map((name) => [name, new Template(readTemplate(name))] as const));
  return (name, data) => {
    const template = compiled.get(name);
    if (template === undefined)
      throw new Error(`There is no template "${name}" in cards/; add ${name}.json.`);
    return template.expand({ $root: data });
  };
}

export function readTemplate(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8'));
}
