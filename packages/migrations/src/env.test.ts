import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { readMigrateEnvironment } from './env.ts'
import { services } from './services.ts'

const urls = Object.fromEntries(services.map(name => [name, `postgres://owner:geheim@db/${name}`]))
const all = JSON.stringify(urls)
const file = (text: string) => {
  const path = join(mkdtempSync(join(tmpdir(), 'linghang-urls-')), 'urls')
  writeFileSync(path, text)
  return path
}

describe('platform what the program that migrates is told', () => {
  test('platform all databases unless told, in one order, with the addresses given', () => {
    expect(readMigrateEnvironment({ MIGRATE_URLS: all })).toEqual({
      ...{ urls: services.map(name => [name, urls[name]]), lockSeconds: undefined, level: 'info' },
    })
  })

  test('platform only those named, with the bound given; the addresses from a file, its line break cut', () => {
    const some = JSON.stringify({ org: urls.org, dues: urls.dues })
    const env = { MIGRATE_URLS_FILE: file(`${some}\n`), MIGRATE_SERVICES: 'org, dues', MIGRATE_LOCK_SECONDS: '1' }
    expect(readMigrateEnvironment(env)).toMatchObject({
      ...{
        urls: [
          ['dues', urls.dues],
          ['org', urls.org],
        ],
        lockSeconds: 1,
      },
    })
  })

  test.each([
    [{}, 'MIGRATE_URLS'],
    [{ MIGRATE_URLS: '{' }, 'MIGRATE_URLS'],
    [{ MIGRATE_URLS: '{"orgs":"postgres://h/org"}' }, 'MIGRATE_URLS'],
    [{ MIGRATE_URLS: '{"org":"mysql://h/geheim"}', MIGRATE_SERVICES: 'org' }, 'MIGRATE_URLS.org'],
    [{ MIGRATE_URLS: JSON.stringify({ org: urls.org }) }, 'MIGRATE_URLS.dues'],
    [{ MIGRATE_URLS: all, MIGRATE_SERVICES: 'org,members,geheim' }, 'MIGRATE_SERVICES'],
    [{ MIGRATE_URLS: all, MIGRATE_LOCK_SECONDS: '0' }, 'MIGRATE_LOCK_SECONDS'],
    [{ MIGRATE_URLS: all, MIGRATE_LOCK_SECONDS: '3601' }, 'MIGRATE_LOCK_SECONDS'],
    [{ MIGRATE_URLS: all, MIGRATE_URLS_FILE: '/nowhere' }, 'both MIGRATE_URLS and MIGRATE_URLS_FILE'],
    [{ MIGRATE_URLS_FILE: '/nowhere/geheim' }, 'MIGRATE_URLS_FILE'],
  ])('platform %j is refused, by the name of the variable and without its value', (env, name) => {
    const read = () => readMigrateEnvironment(env)
    expect(read).toThrow(name)
    expect(read).not.toThrow('geheim')
  })
})
