import { describe, expect, test } from '@jest/globals'
import { DomainError } from '@linghang/subgraph/errors'
import { liveLimits, requirePlaylist, requireRoom } from './live.ts'

const codeOf = (run: () => unknown): string | null => {
  try {
    run()
    return null
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    return error.code
  }
}
const long = (length: number) =>
  `https://live.example.cn/${'a'.repeat(length - 'https://live.example.cn/.m3u8'.length)}.m3u8`

describe('S2-4 the address of a stream', () => {
  test.each([
    ['https://live.example.cn/branch/index.m3u8', null],
    ['https://live.example.cn/branch/INDEX.M3U8?token=1', null],
    [' https://live.example.cn/a.m3u8 ', null],
    [long(liveLimits.url), null],
    [long(liveLimits.url + 1), 'BAD_INPUT'],
    ['http://live.example.cn/index.m3u8', 'BAD_INPUT'],
    ['https://name:word@live.example.cn/index.m3u8', 'BAD_INPUT'],
    ['https://live.example.cn/index.html', 'BAD_INPUT'],
    ['javascript:alert(1)//a.m3u8', 'BAD_INPUT'],
    ['index.m3u8', 'BAD_INPUT'],
    ['', null],
  ])('S2-4 %s: %s', (text, refused) => expect(codeOf(() => requirePlaylist('liveUrl', text))).toBe(refused))
})

describe('S2-4 remarks are bounded, for each and for all', () => {
  test.each([
    [liveLimits.remarksEach - 1, liveLimits.remarks - 1, null],
    [liveLimits.remarksEach, liveLimits.remarksEach, 'REMARKS_FULL'],
    [0, liveLimits.remarks, 'REMARKS_FULL'],
  ])('S2-4 after %i of one’s own and %i in all: %s', (own, all, refused) =>
    expect(codeOf(() => requireRoom(own, all))).toBe(refused),
  )
})
