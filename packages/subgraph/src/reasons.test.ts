import { describe, expect, test } from '@jest/globals'
import { charactersIn, requireReason } from './reasons.ts'

describe('platform a text is as long as people count it', () => {
  test.each([
    ['', 0],
    ['材料齐全', 4],
    ['欧阳𬭎珊', 4],
    ['😀', 1],
  ])('platform %j has %i characters', (text, characters) => {
    expect(charactersIn(text)).toBe(characters)
  })

  test.each([
    ['𬭎'.repeat(200), true],
    ['𬭎'.repeat(201), false],
    [' 漏 ', true],
    ['', false],
    ['\u200b', false],
    ['？！', false],
  ])('platform as a reason of 1 to 200 characters %j is taken: %s', (text, taken) => {
    const asked = () => requireReason(text)
    if (taken) expect(asked()).toBe(text.trim())
    else expect(asked).toThrow()
  })
})
