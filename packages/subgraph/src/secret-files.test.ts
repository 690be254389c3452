import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from '@jest/globals'
import { secretVolume } from '@linghang/harness/secret-volume'
import { until } from '@linghang/harness/until'
import { z } from 'zod'
import { keyRing, readEnvironment, serverEnvironment } from './environment.ts'
import { followSecrets, isSecret, withSecrets } from './secret-files.ts'

const folder = mkdtempSync(join(tmpdir(), 'linghang-secrets-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let made = 0
const file = (text: string): string => {
  const path = join(folder, String(++made))
  writeFileSync(path, text)
  return path
}
const shape = { HOST: z.string().optional(), CURSOR_KEY: serverEnvironment.CURSOR_KEY.optional() }
const key = (letter: string) => letter.repeat(32)
const read = (env: NodeJS.ProcessEnv) => readEnvironment('tried', shape, env)

describe('platform secrets as files', () => {
  test.each([
    ['as it stands', key('a'), [key('a')]],
    ['without the line break at its end', `${key('a')}\n`, [key('a')]],
    ['without that of another system', `${key('a')}\r\n`, [key('a')]],
    ['two keys, the first of which signs', `${key('b')}\n${key('a')}\n`, [key('b'), key('a')]],
  ])('platform a file is read %s', (_, text, wanted) => {
    expect(read({ CURSOR_KEY_FILE: file(text) }).CURSOR_KEY).toEqual(wanted)
  })

  test('platform of a line break one is cut: what a password ends with is its own', () => {
    const env = readEnvironment(
      'tried',
      { KAFKA_SASL_PASSWORD: z.string() },
      { KAFKA_SASL_PASSWORD_FILE: file('p \n\n') },
    )
    expect(env.KAFKA_SASL_PASSWORD).toBe('p \n')
  })

  test.each<[string, NodeJS.ProcessEnv, string]>([
    ['both given', { CURSOR_KEY: key('a'), CURSOR_KEY_FILE: file(key('a')) }, 'both CURSOR_KEY and CURSOR_KEY_FILE'],
    [
      'a file that is not there',
      { CURSOR_KEY_FILE: join(folder, 'nowhere') },
      'the file of CURSOR_KEY_FILE cannot be read',
    ],
    ['a folder', { CURSOR_KEY_FILE: folder }, 'the file of CURSOR_KEY_FILE cannot be read'],
    ['more than a MiB', { CURSOR_KEY_FILE: file('x'.repeat(1_048_577)) }, 'the file of CURSOR_KEY_FILE is larger'],
    ['an empty file', { CURSOR_KEY_FILE: file('\n') }, 'no key in it'],
    ['a key of 31 characters', { CURSOR_KEY_FILE: file('x'.repeat(31)) }, 'at least 32 characters'],
    ['five keys', { CURSOR_KEY_FILE: file(['a', 'b', 'c', 'd', 'e'].map(key).join('\n')) }, 'more than four keys'],
  ])('platform %s is refused, by name and without its value', (_, env, said) => {
    expect(() => read(env)).toThrow(said)
    expect(() => read(env)).not.toThrow(/x{31}|a{32}/)
  })

  test('platform a file of exactly a MiB is read, and stands for secrets alone', () => {
    const env = { KAFKA_SASL_PASSWORD_FILE: file('x'.repeat(1_048_576)), HOST_FILE: file('nobody asks') }
    const got = readEnvironment('tried', { ...shape, KAFKA_SASL_PASSWORD: z.string() }, env)
    expect(got.KAFKA_SASL_PASSWORD).toHaveLength(1_048_576)
    expect(got.HOST).toBeUndefined()
  })

  test('platform a command is given the text in place of the file’s name, and nothing where the two are given', () => {
    const given = { HOME: '/', KAFKA_SASL_PASSWORD_FILE: file('known\n'), KAFKA_CA_FILE: '/ca.pem' }
    expect(withSecrets(given)).toEqual({ ...given, KAFKA_SASL_PASSWORD: 'known' })
    expect(() => withSecrets({ ...given, KAFKA_SASL_PASSWORD: 'other' })).toThrow('both KAFKA_SASL_PASSWORD')
  })

  test('platform every secret of every process may stand in a file', () => {
    const named = [
      'DATABASE_URL',
      'KAFKA_SASL_PASSWORD',
      'INTERNAL_TOKEN_JWKS',
      'INTERNAL_TOKEN_PRIVATE_KEY',
      'CURSOR_KEY',
    ]
    const others = ['REGISTER_KEYS', 'TEMPORAL_PAYLOAD_KEYS', 'TEMPORAL_API_KEY', 'PAYMENTS_API_V3_KEY', 'MIGRATE_URLS']
    expect(
      [...named, ...others, 'DATABASE_DIRECT_URL', 'AWS_SECRET_ACCESS_KEY'].filter(name => !isSecret(name)),
    ).toEqual([])
    expect(['HOST', 'KAFKA_BROKERS', 'KAFKA_CA', 'TEMPORAL_CERT'].filter(isSecret)).toEqual([])
  })
})

describe('platform secrets that are changed while a process runs', () => {
  const ring = (current: string, ...names: string[]) =>
    JSON.stringify({
      current,
      keys: Object.fromEntries(names.map(name => [name, Buffer.alloc(32).toString('base64')])),
    })

  function follow(env: object) {
    const told: string[] = []
    const log = {
      info: (fields: object, message: string) => told.push(`${message} ${JSON.stringify(fields)}`),
      error: (fields: object, message: string) => told.push(`${message} ${JSON.stringify(fields)}`),
    }
    const changed: string[] = []
    return { told, changed, following: followSecrets(env, log, { onChange: name => changed.push(name), everyMs: 20 }) }
  }

  test('platform are read anew when a kubelet swaps its folder, each and at once', async () => {
    const volume = secretVolume(folder, { keys: ring('k1', 'k1'), cursor: key('a') })
    const env = readEnvironment(
      'tried',
      { ...shape, REGISTER_KEYS: keyRing },
      { HOST: 'h', REGISTER_KEYS_FILE: volume.path('keys'), CURSOR_KEY_FILE: volume.path('cursor') },
    )
    const { told, changed, following } = follow(env)
    volume.swap({ keys: ring('k2', 'k1', 'k2'), cursor: key('a') })
    await until(() => env.REGISTER_KEYS.current === 'k2')
    expect(Object.keys(env.REGISTER_KEYS.keys)).toEqual(['k1', 'k2'])
    expect({ ...env }).toMatchObject({ HOST: 'h', CURSOR_KEY: [key('a')] })
    expect(changed).toEqual(['REGISTER_KEYS'])
    expect(told).toEqual(['a secret was read anew {"variable":"REGISTER_KEYS_FILE"}'])
    await following.stop()
  })

  test.each([
    ['is not JSON', '{"current":'],
    ['has a current key that is not among them', ring('k3', 'k1')],
    ['is empty', ''],
    ['is larger than a MiB', 'x'.repeat(1_048_577)],
    ['is away', null],
  ])('platform stay as they were where the new file %s, and that is told once and without a value', async (_, text) => {
    const volume = secretVolume(folder, { keys: ring('k1', 'k1') })
    const env = readEnvironment('tried', { REGISTER_KEYS: keyRing }, { REGISTER_KEYS_FILE: volume.path('keys') })
    const { told, following } = follow(env)
    volume.swap(text === null ? {} : { keys: text })
    await until(() => told.length > 0)
    // Two more looks at the same find nothing to tell.
    await new Promise(resolve => setTimeout(resolve, 60))
    expect(told).toHaveLength(1)
    expect(told[0]).toMatch(/^a secret’s file is not right: what it said before stays in use .*REGISTER_KEYS_FILE/)
    expect(env.REGISTER_KEYS.current).toBe('k1')
    volume.swap({ keys: ring('k2', 'k2') })
    await until(() => env.REGISTER_KEYS.current === 'k2')
    await following.stop()
  })
})
