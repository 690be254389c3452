import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { type County, createCounty, seedTwoCommittees } from '@linghang/harness/county'
import { surroundings } from '@linghang/harness/surroundings'
import { orderOf, sha256 } from '../src/draws/draws/order.ts'
import { createDrawing, opening } from './drawing.ts'

jest.setTimeout(120_000)

const folder = mkdtempSync(join(tmpdir(), 'draw-'))
const fileOf = (name: string, text: string): string => {
  const file = join(folder, name)
  writeFileSync(file, text)
  return file
}
type Ended = { code: number; out: string; err: string }
const run = (command: string, args: string[]): Promise<Ended> =>
  new Promise(resolve => {
    execFile(command, args, (error, out, err) => resolve({ code: error ? Number(error.code) : 0, out, err }))
  })

/** `npm run draw:verify -- ...` */
const verify = (...args: string[]) =>
  run(process.execPath, [
    ...['--disable-warning=ExperimentalWarning', join(surroundings().root, 'deploy/local/src/verify-draw.ts')],
    ...args,
  ])

/** The lines that `docs/draws.md` gives to anybody, to the letter. */
const documented = (): string => {
  const text = readFileSync(join(surroundings().root, 'docs/draws.md'), 'utf8')
  const [, lines] = /```sh\n([\s\S]*?)```/.exec(text) ?? []
  if (lines === undefined) throw new Error('docs/draws.md has no lines of a shell')
  return lines
}
const byHand = (file: string) => run('bash', ['-c', `f='${file}'\n${documented()}`])

let county: County
let before: string
let after: string
beforeAll(async () => {
  county = await createCounty()
  const tree = await seedTwoCommittees(county)
  const { done } = createDrawing(county)
  const input = opening(tree.root.id, { share: null, count: 2 })
  const opened = (await done(county.admin, 'openLedgerDraw', input, 'draw { id record }')).draw
  const drawn = await done(county.admin, 'drawLedgers', { id: opened.id }, 'draw { record }')
  before = opened.record
  after = drawn.draw.record
})

describe('S0-18 anybody recomputes a draw from what was published of it', () => {
  test('S0-18 the command and the documented shell say that a real draw holds', async () => {
    const [announced, drawn] = [fileOf('before.txt', before), fileOf('after.txt', after)]
    expect(await verify(drawn, '--announced', announced)).toMatchObject({ code: 0, err: '' })
    expect((await verify(drawn)).out).toContain('2 of 3 branches')
    expect(await byHand(drawn)).toEqual({ code: 0, out: '相符 holds\n', err: '' })
  })

  const seedOf = (text: string) => /^seed (\w+)$/m.exec(text)?.[1] as string
  const other = 'ab'.repeat(32)
  test.each<[string, (text: string) => string, RegExp, RegExp]>([
    ['another seed', text => text.replace(seedOf(text), other), /another seed|not the one whose hash/, /another seed/],
    [
      'a list with one less',
      text => text.replace(/^WHITE .*\n/m, ''),
      /the white list is not the one whose hash was published/,
      /another list/,
    ],
    [
      'others drawn',
      text => text.replace(/^(DRAWN .*\n)(DRAWN .*\n)/m, '$2$1'),
      /those who were drawn are not whom this seed draws/,
      /others drawn/,
    ],
  ])('S0-18 %s is refused by both', async (name, forge, told, toldByHand) => {
    const forged = fileOf(`${name}.txt`, forge(after))
    const found = await verify(forged)
    expect(found.code).toBe(1)
    expect(found.err).toMatch(told)
    const byShell = await byHand(forged)
    expect(byShell.code).toBe(1)
    expect(byShell.out).toMatch(toldByHand)
  })

  test('S0-18 a draw that holds by itself, with another seed and its hash, is not the one that was announced', async () => {
    const white = [...after.matchAll(/^WHITE (.*)$/gm)].map(([, id]) => id as string)
    const forged = [
      ...after.split('\n').filter(line => !/^(seed|seed-sha256|DRAWN) |^$/.test(line)),
      ...[`seed-sha256 ${sha256(other)}`, `seed ${other}`],
      ...orderOf(other, white)
        .slice(0, 2)
        .map(id => `DRAWN ${id}`),
    ].join('\n')
    const file = fileOf('all anew.txt', `${forged}\n`)
    expect(await verify(file)).toMatchObject({ code: 0, err: '' })
    const found = await verify(file, '--announced', fileOf('before.txt', before))
    expect(found).toMatchObject({ code: 1, out: '' })
    expect(found.err).toContain('announced before')
  })

  test.each([
    ['what is not drawn yet', () => [fileOf('before.txt', before)], 'not drawn yet'],
    ['what is no record', () => [fileOf('else.txt', 'lot 1\n')], 'no published record'],
    ['a file that is not there', () => [join(folder, 'none.txt')], 'no published record'],
    ['no file', () => [], 'Usage'],
    ['two files', () => [fileOf('a.txt', after), fileOf('b.txt', after)], 'Usage'],
  ])('S0-18 the command refuses %s', async (_, args, told) => {
    const found = await verify(...args())
    expect(found).toMatchObject({ code: 1, out: '' })
    expect(found.err).toContain(told)
  })
})
