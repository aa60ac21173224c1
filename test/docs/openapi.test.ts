import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Validator } from '@seriousme/openapi-schema-validator';
import { openApiFile, openApiYaml } from '../../docs/openapi.ts';
import { openApiDocument } from '../../src/notices-api/openapi.ts';

describe('docs/openapi.yaml', () => {
  it('is what the operations say; npm run docs:openapi writes it', () => {
    assert.equal(readFileSync(openApiFile, 'utf8'), openApiYaml());
  });

  it('is valid OpenAPI 3.1', async () => {
    const validator = new Validator();
    const { valid, errors } = await validator.validate(
      structuredClone(openApiDocument()) as Record<string, unknown>,
    );
    assert.ok(valid, JSON.stringify(errors));
    assert.equal(validator.version, '3.1');
  });
});
