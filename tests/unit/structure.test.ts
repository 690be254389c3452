import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from '@jest/globals'

const root = fileURLToPath(new URL('../..', import.meta.url))
const services = ['org', 'members', 'dues', 'assessment', 'workflows']

type Import = { file: string; target: string; line: string }

const filesUnder = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.ts') && !file.includes('node_modules'))
    .map(file => join(folder, file))

/** What a file imports: packages by name, own files by their path from the root. */
function importsOf(file: string): Import[] {
  const text = readFileSync(join(root, file), 'utf8')
  return [...text.matchAll(/^(?:import|export)\b[^'"]*?from '([^']+)'|^import '([^']+)'/gms)].map(match => {
    const named = match[1] ?? match[2] ?? ''
    const target = named.startsWith('.') ? relative(root, resolve(root, dirname(file), named)) : named
    return { file, target, line: match[0] }
  })
}

const isTest = (file: string) => file.endsWith('.test.ts')
const sources = services.flatMap(service => filesUnder(`services/${service}/src`)).filter(file => !isTest(file))
const imports = sources.flatMap(importsOf)
const list = (found: Import[]) => found.map(({ file, target }) => `${file} -> ${target}`)
const roomOf = (file: string) => file.split('/').slice(0, 4).join('/')

describe('the house', () => {
  test('platform a service never imports another service', () => {
    const foreign = imports.filter(
      ({ file, target }) => target.startsWith('services/') && target.split('/')[1] !== file.split('/')[1],
    )
    expect(list(foreign)).toEqual([])
    expect(imports.length).toBeGreaterThan(200)
  })

  test('platform only stores, compositions and an operator command import Prisma', () => {
    const allowed = /\/(store|deps|service|worker|create-county|command)\.ts$/
    const prisma = imports.filter(({ target }) => target.includes('prisma/client') || target.startsWith('@prisma/'))
    expect(list(prisma.filter(({ file }) => !allowed.test(file)))).toEqual([])
    expect(prisma.length).toBeGreaterThan(0)
  })

  test('platform only env.ts reads the environment', () => {
    const readers = [...sources, ...filesUnder('gateway/src')].filter(
      file =>
        !isTest(file) &&
        !/\/(env|main)\.ts$/.test(file) &&
        readFileSync(join(root, file), 'utf8').includes('process.env'),
    )
    expect(readers).toEqual([])
  })

  test('platform rules know neither stores, nor servers, nor clients', () => {
    const rules =
      /services\/\w+\/src\/(roster\/|deadlines\/plan\.ts|indicators\/indicator\.ts|records\/dues-record\.ts|organisations\/organisation\.ts|people\/member\.ts|offices\/office\.ts|development\/(facts|case-state|case-commands|judge|judge-meeting|judgement)\.ts|meetings\/(meeting|attendance|resolutions)\.ts|approvals\/approval\.ts|timekeeping\/plan\.ts)/
    const forbidden =
      /store\.ts$|prisma|^pg$|^kafkajs$|^fastify$|^@apollo|^@temporalio|^@linghang\/(subgraph|telemetry)$|^node:(fs|net|http)/
    const ruleImports = imports.filter(({ file }) => rules.test(file))
    expect(
      list(ruleImports.filter(({ target, line }) => forbidden.test(target) && !line.startsWith('import type'))),
    ).toEqual([])
    expect(ruleImports.length).toBeGreaterThan(10)
  })

  test('platform resolvers call use cases and never a store', () => {
    const resolvers = imports.filter(({ file }) => file.endsWith('/resolvers.ts'))
    expect(
      list(resolvers.filter(({ target, line }) => target.endsWith('/store.ts') && !line.startsWith('import type'))),
    ).toEqual([])
  })

  test('platform a room does not use the store of another room, but for the three that share a table', () => {
    const shared = new Set([
      'services/org/src/grants/find-grants.ts -> services/org/src/offices/store.ts',
      'services/org/src/imports/organisation-roster.ts -> services/org/src/organisations/store.ts',
      'services/org/src/offices/write-office.ts -> services/org/src/organisations/store.ts',
      'services/dues/src/reactions/open-records.ts -> services/dues/src/records/store.ts',
      'services/assessment/src/reactions/count-people.ts -> services/assessment/src/indicators/store.ts',
      'services/workflows/src/reactions/watch-subjects.ts -> services/workflows/src/deadlines/store.ts',
    ])
    const crossing = imports.filter(
      ({ file, target, line }) =>
        target.endsWith('/store.ts') &&
        roomOf(file) !== roomOf(target) &&
        !line.startsWith('import type') &&
        !/\/(worker|service)\.ts$/.test(file),
    )
    expect(list(crossing).filter(found => !shared.has(found))).toEqual([])
  })

  test('platform the workflow sandbox gets no built-in module and no client', () => {
    const seen = new Set<string>()
    const walk = (file: string): Import[] => {
      if (seen.has(file)) return []
      seen.add(file)
      const found = importsOf(file).filter(({ line }) => !line.startsWith('import type'))
      return [
        ...found,
        ...found.filter(({ target }) => target.startsWith('services/')).flatMap(({ target }) => walk(target)),
      ]
    }
    const reached = walk('services/workflows/src/workflows.ts').filter(({ target }) => !target.startsWith('services/'))
    expect([...new Set(reached.map(({ target }) => target))].sort()).toEqual([
      '@linghang/rulebook',
      '@temporalio/workflow',
    ])
  })

  test('platform the rulebook is pure: no built-in module, no clock', () => {
    const files = filesUnder('packages/rulebook/src').filter(file => !isTest(file))
    expect(list(files.flatMap(importsOf).filter(({ target }) => target.startsWith('node:')))).toEqual([])
    expect(files.filter(file => /Date\.now|new Date\(\)/.test(readFileSync(join(root, file), 'utf8')))).toEqual([])
  })

  test('platform nothing reads the folder beside the project, names a machine or an unfinished part', () => {
    const everywhere = ['packages', 'services', 'gateway', 'deploy', 'tests']
      .flatMap(filesUnder)
      .filter(file => !file.includes('/prisma/client/') && !file.endsWith('structure.test.ts'))
    const suspicious = /\.\.\/shared\b|\/work\/|\bTODO\b|\bFIXME\b|@ts-ignore|\.skip\(|\.only\(/
    expect(everywhere.filter(file => suspicious.test(readFileSync(join(root, file), 'utf8')))).toEqual([])
  })
})
