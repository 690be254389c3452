import { globSync, readdirSync, readFileSync } from 'node:fs'
import { join, matchesGlob } from 'node:path'
import { expect, test } from '@jest/globals'
import { readCommandLine } from './command-line.ts'
import { images } from './images.ts'

const root = join(import.meta.dirname, '../../..')
const textOf = (file: string) => readFileSync(join(root, file), 'utf8')
const containerfile = textOf('Containerfile')

/** Whether a file goes to the builder: the last line that matches it, or a folder above it, decides. */
function goesAlong(file: string, rules: readonly string[]): boolean {
  const above = file.split('/').map((_, index, parts) => parts.slice(0, index + 1).join('/'))
  let goes = true
  for (const rule of rules) {
    const pattern = rule.replace(/^!/, '')
    // The builder's star takes names that begin with a dot as well.
    if (pattern === '*' || above.some(path => matchesGlob(path, pattern))) goes = rule.startsWith('!')
  }
  return goes
}
const rules = textOf('.dockerignore')
  .split('\n')
  .filter(line => line !== '' && !line.startsWith('#'))

test('platform every service and the gateway has an image, and every image a command of the Containerfile', () => {
  expect(images.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['gateway', ...readdirSync(join(root, 'services'))]),
  )
  const commands = [...containerfile.matchAll(/^FROM image AS (\w+)\nCMD \["([^"]+)"\]$/gm)].map(
    ([, ...found]) => found,
  )
  expect(commands).toEqual(images.map(({ name, mains: [main] }) => [name, main]))
})

test('platform what an image runs and reads is in the checkout, and goes to the builder', () => {
  for (const { name, mains, data } of images)
    for (const pattern of [...mains, ...data]) {
      const files = globSync(pattern, { cwd: root })
      expect([name, pattern, files.length > 0]).toEqual([name, pattern, true])
      expect(files.filter(file => !goesAlong(file, rules))).toEqual([])
    }
})

test('platform no base image is taken from anywhere but by an argument, and the image’s user is nobody on the machine', () => {
  const bases = [...containerfile.matchAll(/^FROM (\S+)/gm)].map(([, base]) => base)
  expect(new Set(bases)).toEqual(
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the builder's own arguments
    new Set(['${RUN_IMAGE}', '${BUILD_IMAGE}', '${WORKSPACE}', 'build', 'base', 'image']),
  )
  const made = containerfile.slice(containerfile.indexOf('FROM base AS image'))
  expect(made).toMatch(/^USER 65532:65532$/m)
  expect(made).not.toMatch(/^(RUN|ADD|VOLUME|EXPOSE)\b/m)
})

test.each([
  ['services/org/src/main.ts', true],
  ['services/org/prisma/schema.prisma', true],
  ['packages/access/sql/0001_access.sql', true],
  ['gateway/supergraph.graphql', true],
  ['tests/package.json', true],
  ['services/org/src/structure/offices/office.test.ts', false],
  ['services/org/test/offices.test.ts', false],
  ['services/org/prisma/client/client.ts', false],
  ['services/workflows/.bundle/made-from.json', false],
  ['node_modules/pg/package.json', false],
  ['packages/access/node_modules/lru-cache/package.json', false],
  ['.linghang/secrets.json', false],
  ['.git/config', false],
  ['tests/system/kill.test.ts', false],
  ['deploy/local/src/secrets.ts', false],
])('platform of what the builder is given: %s, %s', (file, goes) => {
  expect(goesAlong(file, rules)).toBe(goes)
})

test('platform the command names what it does not know, and what there is', () => {
  expect(readCommandLine(['org', '--out', 'org.tar'])).toEqual({ names: ['org'], out: 'org.tar' })
  expect(readCommandLine(['--all']).names).toEqual(images.map(({ name }) => name))
  for (const wrong of [[], ['orgs'], ['org', 'worker']]) expect(() => readCommandLine(wrong)).toThrow('gateway, org')
})
