import assert from 'node:assert/strict';
import { createLog } from '../src/log.ts';

function written(error: unknown): string {
  const lines: string[] = [];
  createLog('trace', { write: (line) => lines.push(line) }).error({ err: error }, 'it failed');
  return lines.join('');
}

describe('an error in the log', () => {
  it('has its code, its message, where it came from, and its causes', () => {
    const cause = Object.assign(new Error('no such table'), { code: '42P01' });
    const { err, msg } = JSON.parse(written(new TypeError('turn failed', { cause })));
    assert.equal(msg, 'it failed');
    assert.deepEqual([err.type, err.message, err.cause.code], ['TypeError', 'turn failed', '42P01']);
    assert.match(err.stack, /log\.test\.ts/);
  });

  it('has nothing of what a database adds, which are the values of people', () => {
    const added = {
      params: ['my words'],
      detail: 'Failing row contains (my words)',
      where: 'my words',
      query: 'my words',
    };
    const error = new Error('violates a constraint', { cause: Object.assign(new Error('inner'), added) });
    assert.doesNotMatch(written(Object.assign(error, added)), /my words/);
  });

  it('has nothing of something thrown that is no error', () => {
    assert.doesNotMatch(written('my words'), /my words/);
    assert.doesNotMatch(written({ text: 'my words' }), /my words/);
  });

  it('ends, though causes go in a circle', () => {
    const error = new Error('round');
    error.cause = error;
    assert.match(written(error), /round/);
  });
});
