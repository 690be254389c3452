import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { certificateAuthority } from '@linghang/harness/certificates'
import { clientConfigOf, problemOf, whyNotSecure } from './reach.ts'

const folder = mkdtempSync(join(tmpdir(), 'linghang-reach-'))
const authority = certificateAuthority(folder)
const [one, other] = [authority.issue('one'), authority.issue('other')]
const text = join(folder, 'text')
writeFileSync(text, 'geheim')
const at = (query: string) => `postgres://linghang_login:geheim@db.example.cn:6432/org${query}`
const own = `sslcert=${one.certFile}&sslkey=${one.keyFile}`
const ca = `sslrootcert=${authority.caFile}`

describe('platform TLS to PostgreSQL is what libpq would make of the address', () => {
  test.each([
    ['', false],
    ['?sslmode=disable', false],
    ['?sslmode=require', { rejectUnauthorized: false }],
    [`?sslmode=require&${own}`, { rejectUnauthorized: false, cert: true, key: true }],
    [`?sslmode=require&${ca}`, { ca: true, anyName: true }],
    [`?sslmode=verify-ca&${ca}`, { ca: true, anyName: true }],
    [`?sslmode=verify-full&${ca}&${own}`, { ca: true, cert: true, key: true }],
    ['?sslrootcert=system', { ca: true }],
    ['?sslmode=verify-full&sslrootcert=system', { ca: true }],
  ])('platform of %s', (query, wanted) => {
    expect(problemOf(at(query))).toBeNull()
    const { ssl, connectionString } = clientConfigOf(at(query))
    const { ca, cert, key, checkServerIdentity, ...rest } = (ssl || {}) as Record<string, unknown>
    const said = { ...(ca ? { ca: true } : {}), ...(cert ? { cert: true } : {}), ...(key ? { key: true } : {}) }
    expect(ssl === false ? false : { ...rest, ...said, ...(checkServerIdentity ? { anyName: true } : {}) }).toEqual(
      wanted,
    )
    expect(connectionString).toBe(at(''))
  })

  test('platform what else an address says stays in it', () => {
    const more = '?application_name=x&options=-c%20role%3Downer'
    expect(clientConfigOf(at(`${more}&sslmode=require`)).connectionString).toBe(
      at('?application_name=x&options=-c+role%3Downer'),
    )
  })

  test.each([
    ['?sslmode=prefer', 'sslmode is one of'],
    ['?sslmode=allow', 'sslmode is one of'],
    ['?sslmode=', 'sslmode is one of'],
    ['?ssl=true', 'ssl is not understood'],
    ['?uselibpqcompat=true&sslmode=require', 'uselibpqcompat is not understood'],
    [`?sslmode=require&sslcert=${one.certFile}`, 'belong together'],
    [`?sslmode=require&sslkey=${one.keyFile}`, 'belong together'],
    [`?${ca}`, 'want an sslmode'],
    [`?sslmode=disable&${own}`, 'want an sslmode'],
    ['?sslmode=verify-ca', 'wants sslrootcert'],
    ['?sslmode=verify-full', 'wants sslrootcert'],
    ['?sslmode=verify-ca&sslrootcert=system', 'wants sslmode=verify-full'],
    ['?sslmode=require&sslrootcert=system', 'wants sslmode=verify-full'],
    ['?sslmode=verify-full&sslrootcert=/nowhere/geheim', 'cannot be read'],
    [`?sslmode=verify-full&sslrootcert=${text}`, 'are to be PEM'],
    [`?sslmode=require&sslcert=${one.certFile}&sslkey=${other.keyFile}`, 'are to be PEM'],
  ])('platform %s is refused with a sentence in both languages and no value', (query, words) => {
    expect(problemOf(at(query))).toContain(words)
    expect(problemOf(at(query))).toMatch(/\(.*[\u4e00-\u9fff].*\)/)
    expect(problemOf(at(query))).not.toMatch(/geheim|linghang-reach/)
  })

  test.each([
    [{ code: 'SELF_SIGNED_CERT_IN_CHAIN' }, 'not signed by the CA'],
    [{ code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' }, 'not signed by the CA'],
    [{ code: 'ERR_TLS_CERT_ALTNAME_INVALID' }, 'another host'],
    [{ code: 'CERT_HAS_EXPIRED' }, 'not valid now'],
    [{ message: 'The server does not support SSL connections' }, 'speaks no TLS'],
    [
      { code: '28000', message: 'no pg_hba.conf entry for host "h", user "u", database "d", no encryption' },
      'wants TLS',
    ],
    [{ code: '28000', message: 'connection requires a valid client certificate' }, 'client’s certificate'],
    [{ code: '28P01', message: 'password authentication failed' }, null],
    [{ code: 'ECONNREFUSED' }, null],
    [null, null],
  ])('platform of %j waiting would not mend: %s', (error, words) => {
    if (words === null) expect(whyNotSecure(error)).toBeNull()
    else expect(whyNotSecure(error)).toContain(words)
  })
})
