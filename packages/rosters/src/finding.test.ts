import { describe, expect, test } from '@jest/globals'
import { parse } from 'csv-parse/sync'
import { createFinding, findingsToCsv, maskIdNumber, maskPhone } from './finding.ts'

const about = { zh: '号码有误', en: 'the number is wrong' }
const wanted = { zh: '18 位号码', en: '18 characters' }
const finding = (found: string, column: string | null = '姓名') =>
  createFinding({ line: 7, column, severity: 'ERROR', code: 'WRONG', found, about, wanted })

describe('findings', () => {
  test('S0-36 says in both languages what was found and what is wanted', () => {
    expect(finding('王五').message).toEqual({
      zh: '第 7 行「姓名」：号码有误；填的是“王五”，应为：18 位号码',
      en: 'line 7, “姓名”: the number is wrong; found “王五”, wanted: 18 characters',
    })
    expect(finding('').message.zh).toContain('未填写')
    expect(finding('', null).message).toEqual({
      zh: '第 7 行：号码有误；应为：18 位号码',
      en: 'line 7: the number is wrong; wanted: 18 characters',
    })
  })

  test('platform keeps whole ID and phone numbers out of findings', () => {
    expect(maskIdNumber('33030219800101604X')).toBe('330302********604X')
    expect(maskIdNumber('3303021980')).toBe('33********')
    expect(maskPhone('13812345678')).toBe('138****5678')
    const strayed = finding('王伟 33030219800101604X，13812345678，３３０３０２１９８００１０１６０４Ｘ')
    expect(strayed.found).toBe('王伟 330302********604X，138****5678，３３０３０２********６０４Ｘ')
    expect(finding('330302000000004').found).toBe('330302000000004')
  })

  test('platform keeps a finding short and on one line', () => {
    expect(finding(`a\nb${'长'.repeat(200)}`).found).toBe(`a b${'长'.repeat(77)}…`)
  })

  test.each(['=1+1', '+1', '-3500', '@SUM(A1)', '＝1', '\t=1', ' =1', '=HYPERLINK("http://a","b")'])(
    'platform defuses %p, which a spreadsheet would run',
    cell => {
      const csv = findingsToCsv([finding(cell, cell), finding('正常', null)])
      expect(csv.startsWith('\uFEFF"行号"')).toBe(true)
      const [, first, second] = parse(csv, { bom: true }) as string[][]
      expect(first![1]).toBe(`'${cell}`)
      expect(first![4]).toBe(`'${cell.trim()}`)
      expect(second!.slice(0, 7)).toEqual(['7', '', '错误 ERROR', 'WRONG', '正常', '18 位号码', '18 characters'])
    },
  )
})
