import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { describe, expect, test } from '@jest/globals'
import { stepAt } from '@linghang/rulebook'
import { bodyOf, codeText, readCode, readPublicKey, signedBytes } from './code.ts'
import { judgeScans, type Scan, type Setting } from './sign-in.ts'

const idOf = (n: number) => `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`
const meetingId = idOf(0)
const startsAt = new Date('2026-06-01T01:00:00Z')
const at = (seconds: number) => new Date(startsAt.getTime() + seconds * 1_000)
const phone = (n: number) => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const key = Buffer.from((publicKey.export({ format: 'jwk' }) as { x: string }).x, 'base64url')
  return { memberId: idOf(n), privateKey, key }
}
type Phone = ReturnType<typeof phone>
const show = ({ memberId, privateKey }: { memberId: string; privateKey: KeyObject }, shownAt: Date, of = meetingId) => {
  const body = bodyOf({ memberId, meetingId: of, step: stepAt(shownAt) })
  return codeText(body, sign(null, signedBytes(body), privateKey))
}
const scan = (of: Phone, seconds: number, shown = seconds, meeting = meetingId): Scan => ({
  code: show(of, at(shown), meeting),
  readAt: at(seconds),
})
const setting = (phones: readonly Phone[], more: Partial<Setting> = {}): Setting => ({
  ...{ meetingId, startsAt, now: at(3_600), open: true, before: [] },
  people: new Set(phones.map(({ memberId }) => memberId)),
  keys: new Map(phones.map(({ memberId, key }) => [memberId, [key]])),
  ...more,
})
const shuffled = <T>(list: readonly T[], seed: number): T[] => {
  let state = seed
  const next = () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state
  }
  return list
    .map(one => [next(), one] as const)
    .sort(([a], [b]) => a - b)
    .map(([, one]) => one)
}

const [kai, lan, mei] = [phone(1), phone(2), phone(3)] as const

describe('S1-5 what becomes of a scan', () => {
  const outcome = (one: Scan, more: Partial<Setting> = {}) => judgeScans(setting([kai, lan], more), [one]).outcomes[0]
  const forged: Scan = { code: show({ ...kai, privateKey: lan.privateKey }, at(0)), readAt: at(0) }

  test.each<[string, Scan, Partial<Setting>, string]>([
    ['read while it is shown', scan(kai, 0), {}, 'SIGNED_IN'],
    ['read a turn later', scan(kai, 59, 0), {}, 'SIGNED_IN'],
    ['read two turns later, as a picture would be', scan(kai, 60, 0), {}, 'OLD'],
    ['read before it was shown', scan(kai, 0, 60), {}, 'OLD'],
    ['of another meeting', scan(kai, 0, 0, idOf(9)), {}, 'OTHER_MEETING'],
    ['of somebody whose meeting it is not', scan(mei, 0), {}, 'NOT_ON_LIST'],
    ['of somebody without a key', scan(kai, 0), { keys: new Map() }, 'NO_KEY'],
    ['signed by somebody else', forged, {}, 'FORGED'],
    ['no code at all', { code: 'https://example.cn', readAt: at(0) }, {}, 'UNREADABLE'],
    ['a code with a byte more', { code: `${show(kai, at(0))}A`, readAt: at(0) }, {}, 'UNREADABLE'],
    ['two hours before', scan(kai, -7_200), {}, 'SIGNED_IN'],
    ['two hours and a turn before', scan(kai, -7_230), {}, 'NOT_AT_MEETING'],
    ['read in the future', scan(kai, 3_960), {}, 'NOT_AT_MEETING'],
    ['read when the meeting is closed', scan(kai, 0), { open: false }, 'MEETING_ENDED'],
  ])('S1-5 %s', (_, one, more, wanted) => expect(outcome(one, more)).toBe(wanted))

  test('S1-5 a bit changed anywhere makes it another code or none', () => {
    const code = readCode(show(kai, at(0)))
    expect(code).toMatchObject({ memberId: kai.memberId, meetingId, step: stepAt(at(0)) })
    const bytes = Buffer.from(show(kai, at(0)).slice(4), 'base64url')
    for (const i of [0, 15, 16, 31, 32, 35, 36, 99]) {
      const changed = Buffer.from(bytes)
      changed[i] = (changed[i] as number) ^ 1
      expect(outcome({ code: codeText(changed, Buffer.alloc(0)), readAt: at(0) })).not.toBe('SIGNED_IN')
    }
  })

  test('S1-5 the same scan again is no second use of its code, the code read at another moment is one', () => {
    const once = scan(kai, 0)
    const picture = { ...once, readAt: at(20) }
    const later = scan(kai, 90)
    const { outcomes, signedIn } = judgeScans(setting([kai]), [once, once, picture, later])
    expect(outcomes).toEqual(['SIGNED_IN', 'ALREADY', 'USED', 'ALREADY'])
    expect(signedIn).toHaveLength(1)
    expect(judgeScans(setting([kai], { before: signedIn }), [picture, once]).outcomes).toEqual(['USED', 'ALREADY'])
  })

  test('S1-5 a key is thirty-two bytes of Ed25519', () => {
    expect(readPublicKey(kai.key.toString('base64url'))).toEqual(kai.key)
    for (const text of ['', 'A', `${kai.key.toString('base64url')}A`, kai.key.toString('hex')])
      expect(readPublicKey(text)).toBeNull()
  })
})

describe('S1-5 300 people, out of order and twice', () => {
  test('S1-5 each is counted once, in whatever order and however often the scans are handed over', () => {
    const phones = Array.from({ length: 300 }, (_, i) => phone(i + 1))
    const scans = phones.map((one, i) => scan(one, i % 60))
    for (const seed of [1, 2, 3]) {
      let before: Setting['before'] = []
      for (const part of [scans.slice(0, 200), scans.slice(100), shuffled(scans, seed)]) {
        const { signedIn } = judgeScans(setting(phones, { before }), shuffled(part, seed + 7))
        before = [...before, ...signedIn]
      }
      expect(new Set(before.map(({ memberId }) => memberId)).size).toBe(300)
      expect(before).toHaveLength(300)
    }
  })
})
