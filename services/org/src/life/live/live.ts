import { fail } from './errors.ts'

export type RemarkKind = 'QUESTION' | 'REMARK'
export type MakeUpReason = 'WORK' | 'ILLNESS'

/** Where a meeting can be watched; who watched, and for how long, is kept nowhere. */
export type MeetingStream = { meetingId: string; orgId: string; liveUrl: string | null; replayUrl: string | null }

/** A question or a remark under a meeting, by somebody whose meeting it is. */
export type MeetingRemark = {
  id: string
  meetingId: string
  orgId: string
  memberId: string
  kind: RemarkKind
  text: string
  saidAt: Date
  answer: string | null
  answeredAt: Date | null
}

/** That somebody who was away has made a meeting up: said by them, confirmed by the branch; never their presence. */
export type MeetingMakeUp = {
  meetingId: string
  orgId: string
  memberId: string
  reason: MakeUpReason
  note: string
  saidAt: Date
  /** Null while the branch has not looked at it. */
  confirmed: boolean | null
  refusalReason: string | null
  decidedAt: Date | null
}

export const liveLimits = { url: 500, text: 500, note: 500, remarksEach: 20, remarks: 2_000 } as const

/**
 * The address of an HLS playlist, as a player opens it.
 * @returns it, or null for none
 * @throws DomainError BAD_INPUT for anything but https, for one with a name or password in it, and for no playlist
 */
export function requirePlaylist(field: string, text: string | null): string | null {
  if (text === null || text.trim() === '') return null
  const url = URL.parse(text.trim())
  const isPlaylist =
    url !== null &&
    url.protocol === 'https:' &&
    url.username === '' &&
    url.password === '' &&
    url.pathname.toLowerCase().endsWith('.m3u8') &&
    text.trim().length <= liveLimits.url
  if (!isPlaylist)
    fail('BAD_INPUT', {
      ...{ field, found: text.trim().slice(0, 40) },
      wanted: `an https address of an HLS playlist (.m3u8) without a name or password, ${liveLimits.url} characters at most`,
      wantedZh: `不带用户名、密码的 https 直播地址（HLS，.m3u8 结尾），不超过 ${liveLimits.url} 个字符`,
    })
  return text.trim()
}

/** @throws DomainError REMARKS_FULL */
export function requireRoom(own: number, all: number): void {
  if (own >= liveLimits.remarksEach) fail('REMARKS_FULL', { found: own, wanted: liveLimits.remarksEach })
  if (all >= liveLimits.remarks) fail('REMARKS_FULL', { found: all, wanted: liveLimits.remarks })
}
