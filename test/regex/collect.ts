import { readdirSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import { type Node, parse } from 'acorn';

export type Expression = {
  /** Path and line, to be shown. */
  readonly where: string;
  readonly source: string;
  readonly flags: string;
};
export type Collected = {
  readonly literals: readonly Expression[];
  /** Where an expression is put together while the program runs, so that nobody can check it before. */
  readonly constructed: readonly string[];
};

/** The regular expressions of a TypeScript text, from its syntax tree, so that none is missed or made up. */
export function collectFrom(text: string, file: string): Collected {
  const tree = parse(stripTypeScriptTypes(text), {
    ecmaVersion: 'latest',
    sourceType: 'module',
    locations: true,
    allowHashBang: true,
  });
  const literals: Expression[] = [];
  const constructed: string[] = [];
  walk(tree, (node) => {
    const where = `${file}:${node.loc?.start.line ?? 0}`;
    const regex = 'regex' in node ? node.regex : undefined;
    if (isPattern(regex)) literals.push({ where, source: regex.pattern, flags: regex.flags });
    if (isConstruction(node)) constructed.push(where);
  });
  return { literals, constructed };
}

/** Those of all TypeScript files below a folder. */
export function collectBelow(folder: string): Collected {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .sort();
  const found = files.map((file) =>
    collectFrom(readFileSync(join(folder, file), 'utf8'), join(folder, file)),
  );
  return {
    literals: found.flatMap(({ literals }) => literals),
    constructed: found.flatMap(({ constructed }) => constructed),
  };
}

function walk(value: unknown, visit: (node: Node) => void): void {
  if (Array.isArray(value)) {
    for (const item of value) walk(item, visit);
    return;
  }
  if (!isNode(value)) return;
  visit(value);
  for (const child of Object.values(value)) walk(child, visit);
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

function isPattern(value: unknown): value is { readonly pattern: string; readonly flags: string } {
  return typeof value === 'object' && value !== null && 'pattern' in value && 'flags' in value;
}

/** `new RegExp(…)`, `RegExp(…)`, however the name is reached: `globalThis.RegExp` too. */
function isConstruction(node: Node): boolean {
  if (node.type !== 'NewExpression' && node.type !== 'CallExpression') return false;
  const callee: unknown = 'callee' in node ? node.callee : undefined;
  return isNode(callee) && nameOf(callee) === 'RegExp';
}

function nameOf(node: Node): unknown {
  if ('name' in node) return node.name;
  const property: unknown = 'property' in node ? node.property : undefined;
  return isNode(property) && 'name' in property ? property.name : undefined;
}
