import { describe, expect, test } from '@jest/globals'
import { explainDues } from './explain-dues.ts'
import { inYuan, tellDues } from './tell-dues.ts'

const told = (category: Parameters<typeof explainDues>[0]['category'], incomeFen: bigint | null) =>
  tellDues(explainDues({ category, incomeFen, on: '2026-11-01' }))
const rules = '《关于中国共产党党费收缴、使用和管理的规定》（2008 年）'

describe('1.4 why somebody owes what they owe, in words', () => {
  test.each([
    [
      told('MONTHLY_SALARY', 500_001n).zh,
      `按月领取工资的党员：月计算基数 5000.01 元，属于 5000.00 元以上至 10000.00 元（含），按 1.5% 计算为 75.00015 元，四舍五入到分为 75.00 元，每月交纳 75.00 元（${rules}第一条、第二条）。`,
    ],
    [
      told('NO_FIXED_SALARY', 1_200_000n).zh,
      `不按月取得收入的党员：上季度收入 12000.00 元，平均月计算基数 4000.00 元，属于 3000.00 元以上至 5000.00 元（含），按 1% 计算为 40.00 元，四舍五入到分为 40.00 元，每月交纳 40.00 元（${rules}第四条、第二条）。`,
    ],
    [
      told('RETIRED', 496_700n).zh,
      `离退休党员：月计算基数 4967.00 元，属于 5000.00 元以下（含），按 0.5% 计算为 24.835 元，四舍五入到分为 24.84 元，每月交纳 24.84 元（${rules}第五条）。`,
    ],
    [told('FARMER', null).zh, `农民党员每月交纳党费 0.20 元（${rules}第六条）。`],
    [
      told('MONTHLY_SALARY', 6_000_000n).en,
      `A member paid by the month: a monthly base of 60000.00 yuan, over 10000.00, at 2% 1200.00, rounded to the fen 1200.00, generally 1000.00 at most and more of one’s own will: 1000.00 yuan a month (${rules} 第一条, 第二条; 《关于进一步规范党费工作的通知》（组电明字〔2017〕5 号） 一（1）).`,
    ],
  ])('1.4 %s', (found, wanted) => {
    expect(found).toBe(wanted)
  })

  test.each([
    [0n, '0.00'],
    [5n, '0.05'],
    [100n, '1.00'],
    [123_456n, '1234.56'],
  ])('1.4 %s fen are %s yuan', (fen, yuan) => {
    expect(inYuan(fen)).toBe(yuan)
  })
})
