import assert from 'node:assert/strict';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { openApiDocument } from '../../src/notices-api/openapi.ts';

type Documented = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
};
type Operation = {
  readonly responses: Readonly<Record<string, { readonly content: Readonly<Record<string, unknown>> }>>;
};

const document = openApiDocument() as unknown as Documented;
const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
ajv.addSchema(document, 'openapi');

/** Fails where an answer of a documented path is none of those that the document names, or has another shape. */
export function assertDocumented(method: string, path: string, status: number, type: string, body: unknown) {
  // Node refuses headers that are too long before the API sees them.
  if (status === 431) return;
  const found = pathOf(path.split('?')[0] ?? '');
  const operation = found === null ? undefined : document.paths[found]?.[method.toLowerCase()];
  if (found === null || operation === undefined) return;
  const media = type.split(';')[0] ?? '';
  const about = `${method} ${found} answered ${status} ${media}`;
  assert.ok(operation.responses[status]?.content[media] !== undefined, `${about}, which the document lacks`);
  if (!media.endsWith('json')) return;
  const part = (text: string) =>
    text.replaceAll('~', '~0').replaceAll('/', '~1').replaceAll('{', '%7B').replaceAll('}', '%7D');
  const pointer = `paths/${part(found)}/${method.toLowerCase()}/responses/${status}/content/${part(media)}/schema`;
  const validate = ajv.getSchema(`openapi#/${pointer}`);
  assert.ok(validate !== undefined, pointer);
  assert.ok(validate(body), `${about}: ${ajv.errorsText(validate.errors)}`);
}

function pathOf(path: string): string | null {
  if (path in document.paths) return path;
  const parts = path.split('/');
  const isLike = (pattern: string) => {
    const wanted = pattern.split('/');
    return (
      wanted.length === parts.length && wanted.every((part, at) => part === '{id}' || part === parts[at])
    );
  };
  return Object.keys(document.paths).find(isLike) ?? null;
}
