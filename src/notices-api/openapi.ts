import { z } from 'zod';
import { draftForm } from '../notices/draft-form.ts';
import { noticeAnswer, problemAnswer } from './answers.ts';
import type { Operation } from './operation.ts';
import { operations } from './operations.ts';

const named: readonly (readonly [string, z.ZodType, 'input' | 'output'])[] = [
  ['NoticeDraft', draftForm, 'input'],
  ['Notice', noticeAnswer, 'output'],
  ['Problem', problemAnswer, 'output'],
];

/** Every operation can meet these. */
const commonProblems = [401, 403, 429, 500, 503];

/** The OpenAPI 3.1 document, made of the operations themselves; docs/openapi.yaml is the same. */
export function openApiDocument(): Readonly<Record<string, unknown>> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const each of operations) paths[each.path] = { ...paths[each.path], [each.method]: describe(each) };
  return {
    openapi: '3.1.0',
    info: {
      title: 'Handshake: notices',
      version: '1',
      description:
        'Notices before a change of TLS policy: whom it hits, what they are told, and what came of it.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/', description: 'PUBLIC_URL of the bot' }],
    security: [{ entra: [] }],
    paths,
    components: {
      securitySchemes: {
        entra: {
          ...{ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
          description: 'Access token (version 2.0) of Entra with app roles; docs/notices-api.md.',
        },
      },
      schemas: Object.fromEntries(named.map(([name, form, io]) => [name, schemaOf(form, io)])),
    },
  };
}

function describe(operation: Operation): object {
  const { id, summary, roles, body, answers } = operation;
  const content = { 'application/json': { schema: refOrSchema(answers.schema, 'output') } };
  const csv = answers.csv ? { 'text/csv': { schema: { type: 'string' } } } : {};
  const problems = [
    ...new Set([...operation.problems, ...(body ? [400, 413, 415] : []), ...commonProblems]),
  ].sort();
  return {
    ...{ operationId: id, summary, description: `Needs the role ${roles.join(' or ')}.` },
    parameters: parametersOf(operation),
    ...(body && {
      requestBody: {
        required: true,
        content: { 'application/json': { schema: refOrSchema(body, 'input') } },
      },
    }),
    responses: {
      [answers.status]: { description: 'Done', content: { ...content, ...csv } },
      ...Object.fromEntries(problems.map((status) => [status, problemResponse])),
    },
  };
}

const problemResponse = {
  description: 'What was expected, and what to do',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};

function parametersOf({ path, query, ifMatch, idempotent }: Operation): readonly object[] {
  const shape = query === null ? {} : query.shape;
  const string = { type: 'string' };
  return [
    ...(path.includes('{id}') ? [{ name: 'id', in: 'path', required: true, schema: string }] : []),
    ...Object.entries(shape).map(([name, form]) => {
      const required = !(form as z.ZodType).safeParse(undefined).success;
      return { name, in: 'query', required, schema: schemaOf(form as z.ZodType, 'output') };
    }),
    ...(ifMatch
      ? [
          {
            name: 'If-Match',
            in: 'header',
            required: true,
            description: 'ETag that you saw, or *',
            schema: string,
          },
        ]
      : []),
    ...(idempotent
      ? [
          {
            ...{
              name: 'Idempotency-Key',
              in: 'header',
              required: false,
              schema: { ...string, maxLength: 200 },
            },
            description: 'The same key and request within a day runs once.',
          },
        ]
      : []),
  ];
}

function refOrSchema(form: z.ZodType, io: 'input' | 'output'): object {
  const name = named.find(([, each]) => each === form)?.[0];
  return name === undefined ? schemaOf(form, io) : { $ref: `#/components/schemas/${name}` };
}

function schemaOf(form: z.ZodType, io: 'input' | 'output'): object {
  const { $schema: _, ...schema } = z.toJSONSchema(form, { io, unrepresentable: 'any' });
  return schema;
}
