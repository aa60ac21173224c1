import { z } from 'zod';
import type { Article, Edge, Node } from '../domain/article.ts';
import { findingCodes } from '../domain/diagnosis.ts';
import { isOs, type Os } from '../domain/os.ts';
import type { Problem, YamlText } from '../yaml-text.ts';

const id = z.string().regex(/^[a-z0-9]+([-.][a-z0-9]+)*$/, 'an id is lower-case words joined by hyphens');
const url = z.url({ protocol: /^https$/ });
const edges = z.union([
  z.string().transform((to) => [{ to }]),
  z.array(z.strictObject({ for: z.array(z.string()).min(1).optional(), to: z.string() })).min(1),
]);
const source = z.union([
  z.strictObject({ article: url }).transform(({ article }) => ({ url: article, as: 'article' as const })),
  z.strictObject({ today: url }).transform(({ today }) => ({ url: today, as: 'today' as const })),
]);
const common = { section: z.string(), sources: z.array(source).min(1) };
const commands = z.array(z.string().min(1)).default([]);

const step = z.strictObject({
  kind: z.literal('step'),
  ...common,
  impact: z.enum(['harmless', 'settings', 'drastic']),
  needs: z.array(z.enum(['administrator', 'organisation-network', 'restart', 'saved-files'])).default([]),
  commands,
  addresses: z.array(z.enum(findingCodes)),
  broken: edges,
  cannot: edges,
});
const question = z.strictObject({
  kind: z.literal('question'),
  ...common,
  commands,
  fact: z.string().nullable(),
  options: z
    .record(id, z.strictObject({ when: z.array(z.string()).default([]), to: edges }))
    .refine((options) => Object.keys(options).length > 0, 'a question needs an option'),
});
const end = z.strictObject({ kind: z.literal('end'), ...common });

const shape = z.strictObject({
  id,
  url,
  codes: z.array(z.string().regex(/^0x[0-9a-f]{8}$/, 'a code is written like 0x8004de40')).min(1),
  sections: z.array(z.string()),
  groups: z.record(id, z.array(z.string())).default({}),
  start: edges,
  nodes: z.record(id, z.discriminatedUnion('kind', [step, question, end])),
});

type RawEdges = z.infer<typeof edges>;
type RawNode = z.infer<typeof shape>['nodes'][string];

/** Reads the file's value as an article, with its groups spelt out; null when its shape is wrong. */
export function shapeArticle(yaml: YamlText): { article: Article | null; problems: readonly Problem[] } {
  const parsed = shape.safeParse(yaml.value);
  if (!parsed.success)
    return { article: null, problems: parsed.error.issues.map((issue) => asProblem(yaml, issue)) };

  const raw = parsed.data;
  const expand = (list: RawEdges): readonly Edge[] => list.map((edge) => spellOut(edge, raw.groups));
  const nodes = new Map(Object.entries(raw.nodes).map(([key, node]) => [key, toNode(key, node, expand)]));
  const { id: name, url: page, codes, sections } = raw;
  return {
    article: { id: name, url: page, codes, sections, start: expand(raw.start), nodes },
    problems: unknownSystems(yaml, raw.groups),
  };
}

function toNode(key: string, node: RawNode, expand: (list: RawEdges) => readonly Edge[]): Node {
  switch (node.kind) {
    case 'step':
      return { ...node, id: key, broken: expand(node.broken), cannot: expand(node.cannot) };
    case 'question': {
      const options = Object.entries(node.options).map(([option, { when, to }]) => ({
        id: option,
        when,
        to: expand(to),
      }));
      return { ...node, id: key, options };
    }
    case 'end':
      return { ...node, id: key };
  }
}

function spellOut(edge: RawEdges[number], groups: Readonly<Record<string, readonly string[]>>): Edge {
  if (!('for' in edge) || edge.for === undefined) return { to: edge.to };
  return { for: edge.for.flatMap((name) => groups[name] ?? [name]).filter(isOs), to: edge.to };
}

/** Names in groups and edges that are neither a system nor a group. */
function unknownSystems(
  yaml: YamlText,
  groups: Readonly<Record<string, readonly string[]>>,
): readonly Problem[] {
  const problems: Problem[] = [];

  function look(value: unknown, path: readonly PropertyKey[], names: (name: string) => boolean): void {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      const here = [...path, key];
      const isList = key === 'for' || (path.length === 1 && path[0] === 'groups');
      if (!isList) look(inner, here, names);
      else
        for (const name of inner as readonly string[])
          if (!names(name)) problems.push(unknownName(yaml, here, name));
    }
  }

  const { groups: groupLists, ...rest } = yaml.value as Record<string, unknown>;
  look({ groups: groupLists }, [], isOs);
  look(rest, [], (name) => isOs(name) || Object.hasOwn(groups, name));
  return problems;
}

function unknownName(yaml: YamlText, path: readonly PropertyKey[], name: Os | string): Problem {
  return { file: yaml.file, line: yaml.lineOf(path), message: `"${name}" is neither a system nor a group` };
}

function asProblem(yaml: YamlText, issue: z.core.$ZodIssue): Problem {
  const extra = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
  const where = issue.path.map(String).join('.');
  return {
    file: yaml.file,
    line: yaml.lineOf([...issue.path, ...extra]),
    message: where === '' ? issue.message : `${where}: ${issue.message}`,
  };
}
