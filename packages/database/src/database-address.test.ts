import { describe, expect, test } from '@jest/globals'
import { createAddress, isLoginRefused } from './database-address.ts'

const refusal = { code: '28P01' }

describe('platform at which address a database is asked', () => {
  test.each<[string, unknown, boolean]>([
    ['a wrong password', refusal, true],
    ['a login that may not', { code: '28000' }, true],
    ['a wrong password before a pooler', { code: '08P01', message: 'SASL authentication failed' }, true],
    ['another fault of the protocol', { code: '08P01', message: 'invalid message' }, false],
    ['too many connections', { code: '53300' }, false],
    ['nobody there', new Error('connect ECONNREFUSED'), false],
  ])('platform %s is a refused login: %p', (_, error, wanted) => {
    expect(isLoginRefused(error)).toBe(wanted)
  })

  test('platform the file is changed first: the old one is used until the new one is good', () => {
    let present = 'old'
    const address = createAddress(() => present)
    address.told('old')
    present = 'new'
    expect(address.next()).toBe('new')
    address.told('new', refusal)
    expect(address.next()).toBe('old')
    address.told('old')
    expect(address.next()).toBe('old')
    // The password is changed at last.
    address.told('old', refusal)
    expect(address.next()).toBe('new')
    address.told('new')
    expect(address.next()).toBe('new')
  })

  test('platform the password is changed first: what is refused is asked again until the file says another', () => {
    let present = 'old'
    const address = createAddress(() => present)
    expect(address.mayChange()).toBe(false)
    address.told('old')
    expect(address.mayChange()).toBe(true)
    address.told('old', refusal)
    expect(address.next()).toBe('old')
    present = 'new'
    expect(address.next()).toBe('new')
  })

  test('platform a fault that is no refusal says nothing about a password', () => {
    let present = 'old'
    const address = createAddress(() => present)
    address.told('old')
    present = 'new'
    address.told('new', new Error('connect ECONNREFUSED'))
    expect(address.next()).toBe('new')
  })
})
