import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import {
  circlesOf,
  filesUnder,
  floorsOf,
  type Import,
  importsOf,
  isTest,
  roomOf,
  root,
  textOf,
  wingOf,
} from './import-graph.ts'

const services = readdirSync(join(root, 'services'))
const sourcesOf = (service: string) => filesUnder(`services/${service}/src`).filter(file => !isTest(file))
const sources = services.flatMap(sourcesOf)
const imports = sources.flatMap(importsOf)
const said = (found: readonly Pick<Import, 'file' | 'target'>[]) =>
  found.map(({ file, target }) => `${file} -> ${target}`)
const isComposition = (file: string) =>
  /^services\/\w+\/src\/(service|worker|workflows|bundle|main|env|(\w+\/)?\w+\/command)\.ts$/.test(file)

/** Arrows between rooms of one service, each with the imports that make it. */
const arrowsOf = (service: string) =>
  sourcesOf(service)
    .filter(file => !isComposition(file))
    .flatMap(importsOf)
    .filter(({ target }) => target.startsWith('services/'))
    .map(({ file, target }) => ({ file, target, from: roomOf(file), to: roomOf(target) }))
    .filter(({ from, to }) => from !== to)

const madeBy = (found: ReturnType<typeof arrowsOf>, circle: readonly string[], level: (room: string) => string) =>
  said(
    found.filter(
      ({ from, to }) => level(from) !== level(to) && circle.includes(level(from)) && circle.includes(level(to)),
    ),
  )

describe('the house: floors look down only', () => {
  test.each(services)('platform %s has no circle of rooms, and none of wings', service => {
    const arrows = arrowsOf(service)
    for (const level of [(room: string) => room, wingOf]) {
      const pairs = arrows.map(({ from, to }) => [level(from), level(to)] as const).filter(([from, to]) => from !== to)
      expect(circlesOf(pairs).map(circle => madeBy(arrows, circle, level))).toEqual([])
    }
  })

  test('platform no file imports itself by way of others', () => {
    const packages = filesUnder('packages').filter(file => file.includes('/src/') && !isTest(file))
    const arrows = [...imports, ...packages.flatMap(importsOf)].map(({ file, target }) => [file, target] as const)
    expect(circlesOf(arrows.filter(([, target]) => target.endsWith('.ts')))).toEqual([])
  })

  test.each(services)('platform no room of %s imports one that stands above it in the list of rooms', service => {
    const floors = floorsOf(service)
    const floor = (room: string) => floors.indexOf(room)
    const upward = arrowsOf(service).filter(
      ({ from, to }) => floor(from) >= 0 && floor(to) >= 0 && floor(to) > floor(from),
    )
    expect(said(upward)).toEqual([])
    expect(floors.length).toBeGreaterThan(0)
  })

  test('platform every room stands in the list of its service', () => {
    const rooms = sources.filter(file => file.endsWith('/room.ts')).map(roomOf)
    const listed = new Set(services.flatMap(floorsOf))
    expect(rooms.filter(room => !listed.has(room))).toEqual([])
  })

  test('platform a circle is found, and named by the imports that make it', () => {
    expect(
      circlesOf([
        ['a', 'b'],
        ['b', 'c'],
        ['c', 'a'],
        ['c', 'd'],
      ]),
    ).toEqual([['a', 'b', 'c']])
    expect(
      circlesOf([
        ['a', 'b'],
        ['b', 'c'],
        ['a', 'c'],
      ]),
    ).toEqual([])
  })

  test('platform a service never imports another service', () => {
    const foreign = imports.filter(
      ({ file, target }) => target.startsWith('services/') && target.split('/')[1] !== file.split('/')[1],
    )
    expect(said(foreign)).toEqual([])
    expect(imports.length).toBeGreaterThan(200)
  })
})

/** What a file may do that is no rule: by its name, or because it works in a use case's transaction. */
const isRule = (file: string): boolean =>
  !isComposition(file) &&
  !/\/(\w+-)?(store|resolvers|routes|room|activities)\.ts$/.test(file) &&
  /\/src\/[\w-]+\//.test(file) &&
  !importsOf(file).some(({ target }) => /^services\/\w+\/src\/work\.ts$/.test(target))

describe('the house: each file is what it says', () => {
  const rules = sources.filter(isRule)
  // A hash is a pure function, and a workflow's sandbox has no clock but history's.
  const drivers =
    /store\.ts$|prisma|^pg$|^kafkajs$|^fastify$|^@apollo|^@temporalio\/(?!workflow$)|^kysely$|^uuid$|^@linghang\/(telemetry|database)$|^node:(?!crypto$)/
  const isWorkflow = (file: string) => importsOf(file).some(({ target }) => target === '@temporalio/workflow')

  test('platform a rule knows no store, server, driver, client, id maker or built-in module', () => {
    const found = rules.flatMap(importsOf).filter(({ target, isType }) => drivers.test(target) && !isType)
    expect(said(found)).toEqual([])
    expect(rules.length).toBeGreaterThan(30)
  })

  test('platform no source reads the clock or makes an id: both come from the work', () => {
    const found = sources
      .filter(file => /\/src\/[\w-]+\//.test(file) && !isComposition(file) && !isWorkflow(file))
      .filter(file => /Date\.now\(|new Date\(\)|from 'uuid'|randomUUID\(|randomBytes\(/.test(textOf(file)))
    expect(found).toEqual([])
  })

  test('platform only stores and compositions speak to the database', () => {
    const speaks = /\$(query|execute)Raw|\btx\.\w+\.(find|create|update|delete|upsert|count)/
    const found = sources.filter(file => !/\/([\w-]+-)?store\.ts$/.test(file) && speaks.test(textOf(file)))
    expect(found).toEqual([])
    const prisma = imports.filter(({ target, isType }) => /prisma\/client|^@prisma\/|^kysely/.test(target) && !isType)
    expect(said(prisma.filter(({ file }) => !/\/(([\w-]+-)?store|service|worker|command)\.ts$/.test(file)))).toEqual([])
  })

  test('platform only env.ts reads the environment', () => {
    const readers = [...sources, ...filesUnder('gateway/src').filter(file => !isTest(file))].filter(
      file => !/\/(env|main)\.ts$/.test(file) && textOf(file).includes('process.env'),
    )
    expect(readers).toEqual([])
  })

  test('platform resolvers call use cases and never a store', () => {
    const found = imports.filter(
      ({ file, target, isType }) => /resolvers\.ts$/.test(file) && /store\.ts$/.test(target) && !isType,
    )
    expect(said(found)).toEqual([])
  })

  test('platform the workflow sandbox gets no built-in module and no client', () => {
    const seen = new Set<string>()
    const walk = (file: string): Import[] => {
      if (seen.has(file)) return []
      seen.add(file)
      const found = importsOf(file).filter(({ isType }) => !isType)
      return [...found, ...found.flatMap(({ target }) => (target.startsWith('services/') ? walk(target) : []))]
    }
    const reached = walk('services/workflows/src/workflows.ts').filter(({ target }) => !target.startsWith('services/'))
    expect([...new Set(reached.map(({ target }) => target))].sort()).toEqual([
      '@linghang/rulebook',
      '@temporalio/workflow',
    ])
  })

  test('platform the rulebook is pure: no built-in module, no clock', () => {
    const files = filesUnder('packages/rulebook/src').filter(file => !isTest(file))
    expect(said(files.flatMap(importsOf).filter(({ target }) => target.startsWith('node:')))).toEqual([])
    expect(files.filter(file => /Date\.now|new Date\(\)/.test(textOf(file)))).toEqual([])
  })

  test('platform what a workspace imports it declares', () => {
    const folders = [...services.map(name => `services/${name}`), 'gateway', 'deploy/local', 'deploy/images', 'tests']
    const workspaces = [...folders, ...readdirSync(join(root, 'packages')).map(name => `packages/${name}`)]
    const undeclared = workspaces.flatMap(workspace => {
      const { name, dependencies = {}, devDependencies = {} } = JSON.parse(textOf(`${workspace}/package.json`))
      const { devDependencies: ofAll } = JSON.parse(textOf('package.json'))
      const declared = new Set([name, ...Object.keys({ ...dependencies, ...devDependencies, ...ofAll })])
      const packageOf = (target: string) =>
        target
          .split('/')
          .slice(0, target.startsWith('@') ? 2 : 1)
          .join('/')
      const own = filesUnder(workspace).flatMap(importsOf)
      return own
        .filter(({ target }) => !/^(node:|services|packages|gateway|deploy|tests|examples)/.test(target))
        .filter(({ target }) => !declared.has(packageOf(target)))
    })
    expect(said(undeclared)).toEqual([])
  })

  test('platform no file is longer than a reader holds: 250 lines', () => {
    const long = [...sources, ...filesUnder('packages').filter(file => !isTest(file) && file.includes('/src/'))]
      .filter(file => !/\/(templates|generated)\//.test(file))
      .map(file => [file, textOf(file).split('\n').length - 1] as const)
      .filter(([, lines]) => lines > 250)
    expect(long).toEqual([])
  })

  test('platform nothing reads the folder beside the project, names a machine or an unfinished part', () => {
    const everywhere = ['packages', 'services', 'gateway', 'deploy', 'tests']
      .flatMap(filesUnder)
      .filter(file => !file.endsWith('structure.test.ts'))
    const suspicious = /\.\.\/shared\b|\/work\/|\bTODO\b|\bFIXME\b|@ts-ignore|\.skip\(|\.only\(/
    expect(everywhere.filter(file => suspicious.test(textOf(file)))).toEqual([])
  })
})
