import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'

const root = join(import.meta.dirname, '../..')
const text = readFileSync(join(root, 'docs/review.md'), 'utf8')

type Row = { id: string; proof: string }
const sections = new Map(
  text
    .split('\n## ')
    .slice(1)
    .map(section => {
      const rows = section.split('\n').filter(line => line.startsWith('| ') && !line.startsWith('| ---'))
      return [
        section.slice(0, section.indexOf('\n')),
        rows.slice(1).map((line): Row => {
          const cells = line.split(/(?<!\\)\|/).map(cell => cell.trim())
          return { id: cells[1] ?? '', proof: (cells[3] ?? '').replaceAll('\\|', '|') }
        }),
      ] as const
    }),
)
const numbered = (letter: string, last: number, first = 1) =>
  Array.from({ length: last - first + 1 }, (_, n) => `${letter}${n + first}`)

/** What each review found, by its own numbers. */
const found: Record<string, string[]> = {
  'security.md': [...numbered('H', 5), ...numbered('M', 8), ...numbered('L', 20)],
  'field.md': [...numbered('A', 18)],
  'rosters.md': [...numbered('F', 18), '3', '4'],
  'ecosystem.md': ['3.1', '3.2', '3.3', '3.4', '4.2', '4.3', '6'],
  'law.md, part A': ['A1', ...numbered('A2/', 25), 'A3'],
}

describe('platform what the reviews found', () => {
  test.each(Object.keys(found))('platform of %s each entry stands in docs/review.md', review => {
    const ids = (sections.get(review) ?? []).map(({ id }) => id)
    const missing = (found[review] ?? []).filter(id => !ids.some(one => one === id || one.startsWith(`${id} `)))
    expect(missing).toEqual([])
    expect(ids.filter((id, n) => ids.indexOf(id) !== n)).toEqual([])
  })

  const proofs = Object.keys(found).flatMap(review => sections.get(review) ?? [])

  test('platform each names a test that is there, or says why there is none', () => {
    const wrong = proofs.flatMap(({ id, proof }) => {
      const named = [...proof.matchAll(/“([^”]+)” — `([^`]+)`/g)]
      if (named.length === 0)
        return /^(None|Not done): .{20,}/.test(proof) ? [] : [`${id}: neither a test nor a reason`]
      return named.flatMap(([, title = '', file = '']) => {
        const path = join(root, file)
        return existsSync(path) && readFileSync(path, 'utf8').includes(title)
          ? []
          : [`${id}: “${title}” is not in ${file}`]
      })
    })
    expect(wrong).toEqual([])
  })
})
