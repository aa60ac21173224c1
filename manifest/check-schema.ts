import { existsSync, readFileSync } from 'node:fs';
import AjvDraft04, { type ValidateFunction } from 'ajv-draft-04';
import type { Problem } from './check.ts';

// Their patterns are no valid Unicode expressions; formats are checked by the rules of this file.
const schemaOptions = {
  allErrors: true,
  strict: false,
  validateFormats: false,
  unicodeRegExp: false,
  verbose: true,
};

const schemas = new URL('../node_modules/@microsoft/app-manifest/build/json-schemas/teams/', import.meta.url);

const compiled = new Map<string, ValidateFunction>();

/** Checks a file against a schema of Teams, by the copy that comes with @microsoft/app-manifest. */
export function checkSchema(
  version: string,
  schema: string,
  where: string,
  value: unknown,
): readonly Problem[] {
  const validate = findValidator(version, schema);
  if (validate === null) {
    return [{ where: `${where} /manifestVersion`, expected: `There is no bundled schema "${version}".` }];
  }
  if (validate(value)) return [];
  return (validate.errors ?? []).map((error) => ({
    where: `${where} ${error.instancePath || '/'}`,
    expected: `The schema says it ${error.message ?? 'is wrong'}${detail(error.params)}${came(error.data)}.`,
  }));
}

function findValidator(version: string, schema: string): ValidateFunction | null {
  const name = `v${version}/${schema}`;
  const known = compiled.get(name);
  if (known !== undefined) return known;
  const file = new URL(name, schemas);
  if (!/^\w+(\.\w+)*$/.test(version) || !existsSync(file)) return null;
  // The bundled schemas start with a byte order mark.
  const json = JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''));
  const validate = new AjvDraft04.default(schemaOptions).compile(json);
  compiled.set(name, validate);
  return validate;
}

function detail(params: Readonly<Record<string, unknown>>): string {
  const said = params.additionalProperty ?? params.allowedValues ?? params.allowedValue;
  return said === undefined ? '' : ` (${JSON.stringify(said)})`;
}

function came(value: unknown): string {
  return typeof value === 'string' ? `, not "${value.slice(0, 80)}"` : '';
}
