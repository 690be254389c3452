import { expect, test } from '@jest/globals'
import { jsonLines, manifestOf, sumsOf } from './export-file.ts'

const empty = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'

test('S0-28 rows are lines of JSON, each one line', () => {
  expect(jsonLines([{ seq: '1', note: '换\n行' }, { fen: null }])).toBe('{"seq":"1","note":"换\\n行"}\n{"fen":null}\n')
  expect(jsonLines([])).toBe('')
})

test('S0-28 the manifest says of each file how long it is and what it hashes to', () => {
  const files = [
    { name: 'a.jsonl', content: '', rows: 0 },
    { name: 'b.jsonl', content: '党费\n', rows: 1 },
  ]
  const organisation = { id: 'o', code: '1', name: '某支部' }
  const manifest = manifestOf(organisation, { from: '2026-01-01', until: '2026-12-31' }, new Date(0), files)
  expect(manifest.files.map(({ bytes, rows }) => [bytes, rows])).toEqual([
    [0, 0],
    [7, 1],
  ])
  expect(manifest.files[0]?.sha256).toBe(empty)
  expect(sumsOf(files).split('\n')[0]).toBe(`${empty}  a.jsonl`)
  expect(manifest).toMatchObject({ madeAt: '1970-01-01T00:00:00.000Z', organisation, format: 'linghang.dues-export/1' })
})
