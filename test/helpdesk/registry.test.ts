import assert from 'node:assert/strict';
import { z } from 'zod';
import { defineConnector } from '../../src/helpdesk/connector-kind.ts';
import { chooseConnectors } from '../../src/helpdesk/registry.ts';

describe('Connectors are chosen by their settings', () => {
  it('none without settings', () => {
    assert.deepEqual(choose({ HELPDESK_PIGEON_URL: ' ' }), []);
  });

  it('several at once', () => {
    assert.deepEqual(
      choose({ HELPDESK_PIGEON_URL: 'https://loft.example', HELPDESK_DRUM_URL: 'https://drum.example' }),
      ['pigeon https://loft.example', 'drum https://drum.example'],
    );
  });

  it('all that is wrong is said at once, without a value of anything', () => {
    const given = {
      HELPDESK_PIGEON_ULR: 'https://loft.example',
      HELPDESK_DRUM_URL: 'my-secret',
      HELPDESK_CHANEL: '19:abc',
    };
    assert.deepEqual(chooseConnectors(given, tools, kinds), {
      kind: 'wrong',
      problems: [
        { setting: 'HELPDESK_PIGEON_URL', problem: 'missing; expected an address.' },
        { setting: 'HELPDESK_PIGEON_ULR', problem: 'no setting has this name; look for a misspelling.' },
        { setting: 'HELPDESK_DRUM_URL', problem: 'expected an address.' },
        { setting: 'HELPDESK_CHANEL', problem: 'no setting has this name; look for a misspelling.' },
      ],
    });
  });
});

const tools = { allowLoopback: true, secret: 'own', text: String };

const kinds = ['pigeon', 'drum'].map((name) =>
  defineConnector({
    name,
    prefix: `HELPDESK_${name.toUpperCase()}_`,
    settings: z.object({ URL: z.url() }),
    expectations: { URL: 'an address' },
    create: ({ URL: url }) => ({
      name: `${name} ${url}`,
      deliver: async () => ({ kind: 'refused', reason: 'none' }),
      poll: null,
      receive: null,
      check: async () => ({ kind: 'well' }),
    }),
  }),
);

function choose(given: Readonly<Record<string, string>>): readonly string[] {
  const chosen = chooseConnectors(given, tools, kinds);
  return chosen.kind === 'chosen' ? chosen.connectors.map(({ name }) => name) : [JSON.stringify(chosen)];
}
