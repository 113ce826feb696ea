import { describe, expect, test } from 'vitest';
import { describeFileProblem, fileProblem } from '../../src/core/problem.ts';

describe('a complaint about a file', () => {
  test('names the line it is about', () => {
    const problem = fileProblem('refused', 'report.jsonl', 'The label is empty.', 7);
    expect(problem).toEqual({
      kind: 'file',
      outcome: 'refused',
      file: 'report.jsonl',
      line: 7,
      message: 'The label is empty.',
    });
    expect(describeFileProblem(problem)).toBe('report.jsonl, line 7: The label is empty.');
  });

  test('names no line where the whole file is meant', () => {
    const problem = fileProblem('skipped', 'report.jsonl', 'The file is empty.');
    expect('line' in problem).toBe(false);
    expect(describeFileProblem(problem)).toBe('report.jsonl: The file is empty.');
  });
});
