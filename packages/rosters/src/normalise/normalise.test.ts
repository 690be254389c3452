import { describe, expect, test } from '@jest/globals'
import { createCodedReader, readYesNo } from './coded.ts'
import { readDate } from './date.ts'
import { readIdNumberCell } from './id-number.ts'
import { readYuan } from './money.ts'
import { readPhone } from './phone.ts'
import { readOrganisationCode, readPersonName } from './text.ts'

const outcome = <T>({ value, refusal }: { value?: T; refusal?: { code: string } }) => refusal?.code ?? value

describe('S0-36 reads what people really type', () => {
  test.each([
    ['2021-07-01', '2021-07-01'],
    ['2021.7.1', '2021-07-01'],
    ['2021.07.01', '2021-07-01'],
    ['2021/7/1', '2021-07-01'],
    ['2021年7月1日', '2021-07-01'],
    ['2021 年 7 月 1 日', '2021-07-01'],
    ['20210701', '2021-07-01'],
    ['２０２１．７．１', '2021-07-01'],
    ['２０２１－０７－０１', '2021-07-01'],
    ['　2021-07-01 ', '2021-07-01'],
    ['2021/7/1 0:00:00', '2021-07-01'],
    ['2021-07-01T00:00:00.000Z', '2021-07-01'],
    ['2021年7月1日 0:00', '2021-07-01'],
    ['44378', '2021-07-01'],
    ['2024-02-29', '2024-02-29'],
    ['2023-02-29', 'DATE_IMPOSSIBLE'],
    ['2021-13-01', 'DATE_IMPOSSIBLE'],
    ['20210431', 'DATE_IMPOSSIBLE'],
    ['20210430', '2021-04-30'],
    ['1899-12-31', 'DATE_IMPOSSIBLE'],
    ['1900-01-01', '1900-01-01'],
    ['2021-07-01 13:20', '2021-07-01'],
    ['2021-07-01 08:30:00', '2021-07-01'],
    ['2021/7/1 23:59', '2021-07-01'],
    ['2021-07-01 24:00', 'DATE_NOT_READABLE'],
    ['2021-06-30T16:00:00.000Z', 'DATE_NOT_READABLE'],
    ['44378.5', '2021-07-01'],
    ['2021.7', 'DATE_INCOMPLETE'],
    ['2021年7月', 'DATE_INCOMPLETE'],
    ['7/1/2021', 'DATE_NOT_READABLE'],
    ['21-07-01', 'DATE_NOT_READABLE'],
    ['不详', 'DATE_NOT_READABLE'],
  ])('S0-36 reads the date %p as %p', (cell, wanted) => {
    expect(outcome(readDate(cell))).toBe(wanted)
  })

  test.each([
    ['11010519491231002X', '11010519491231002X'],
    ['11010519491231002x', '11010519491231002X'],
    ['１１０１０５１９４９１２３１００２Ｘ', '11010519491231002X'],
    [' 110105 19491231 002X ', '11010519491231002X'],
    ["'11010519491231002X", '11010519491231002X'],
    ['110105194912310021', 'ID_NUMBER_CHECKSUM'],
    ['3.30302E+17', 'ID_NUMBER_DAMAGED_BY_SPREADSHEET'],
    ['3.30302194501046E17', 'ID_NUMBER_DAMAGED_BY_SPREADSHEET'],
    ['330302194501046000', 'ID_NUMBER_DAMAGED_BY_SPREADSHEET'],
    ['110105491231002', 'ID_NUMBER_OLD_15_DIGITS'],
    ['11010519491231002', 'ID_NUMBER_NOT_18_DIGITS'],
    ['110105194913310020', 'ID_NUMBER_BIRTH_DATE_IMPOSSIBLE'],
    ['110105194902290020', 'ID_NUMBER_BIRTH_DATE_IMPOSSIBLE'],
    ['无', 'ID_NUMBER_NOT_18_DIGITS'],
  ])('S0-36 reads the ID number %p as %p', (cell, wanted) => {
    const { value, refusal } = readIdNumberCell(cell)
    expect(refusal?.code ?? value?.number).toBe(wanted)
  })

  test('S0-36 reads birth date and sex out of an ID number', () => {
    expect(readIdNumberCell('11010519491231002X').value).toMatchObject({ birthDate: '1949-12-31', sex: 'FEMALE' })
    expect(readIdNumberCell('330302194501046079').value).toMatchObject({ birthDate: '1945-01-04', sex: 'MALE' })
  })

  test.each([
    ['0', 0n],
    ['3000', 300000n],
    ['3000.5', 300050n],
    ['1,234.50', 123450n],
    ['1，234.50', 123450n],
    ['￥1,234.50', 123450n],
    ['¥ 1234.50元', 123450n],
    ['１２３４．５６', 123456n],
    ['1234.', 123400n],
    ['9999999999.99', 999999999999n],
    ['10000000000', 'MONEY_TOO_LARGE'],
    ['0.01', 1n],
    ['0.001', 'MONEY_TOO_FINE'],
    ['-3500', 'MONEY_NEGATIVE'],
    ['－0.01', 'MONEY_NEGATIVE'],
    ['(3500.00)', 'MONEY_NEGATIVE'],
    ['12,34', 'MONEY_NOT_READABLE'],
    ['1.2万', 'MONEY_NOT_READABLE'],
    ['1e3', 'MONEY_NOT_READABLE'],
    ['.5', 'MONEY_NOT_READABLE'],
    ['面议', 'MONEY_NOT_READABLE'],
  ])('S0-36 reads %p yuan as %p fen', (cell, wanted) => {
    expect(outcome(readYuan(cell))).toBe(wanted)
  })

  test.each([
    ['13812345678', '13812345678'],
    ['138 1234 5678', '13812345678'],
    ['138-1234-5678', '13812345678'],
    ['１３８１２３４５６７８', '13812345678'],
    ['+86 13812345678', '13812345678'],
    ['8613812345678', '13812345678'],
    ['0574-80947160', '0574-80947160'],
    ['（0574）80947160', '0574-80947160'],
    ['010-88881234-802', '010-88881234-802'],
    ['12812345678', 'PHONE_NOT_READABLE'],
    ['1381234567', 'PHONE_NOT_READABLE'],
    ['138123456789', 'PHONE_NOT_READABLE'],
    ['1.38123E+10', 'PHONE_NOT_READABLE'],
  ])('S0-36 reads the phone number %p as %p', (cell, wanted) => {
    expect(outcome(readPhone(cell))).toBe(wanted)
  })

  test.each([
    ['王伟', '王伟'],
    [' 王　伟 ', '王伟'],
    ['王 小\u200b明', '王小明'],
    ['买买提•艾山', '买买提·艾山'],
    ['阿卜杜拉.买买提', '阿卜杜拉·买买提'],
    ['阿卜杜拉。买买提', '阿卜杜拉·买买提'],
    ['阿卜杜拉\u22c5买买提', '阿卜杜拉·买买提'],
    ['J. Smith', 'J. Smith'],
    ['王 330299 20000229 0036', 'NAME_NOT_A_NAME'],
    ['王１３８００００００００', 'NAME_NOT_A_NAME'],
    ['王12345', '王12345'],
    ['John  Smith', 'John Smith'],
    ["罗伯特'); DROP TABLE member;--", "罗伯特'); DROP TABLE member;--"],
    ["O'Neil", "O'Neil"],
    ['𠮷田', '𠮷田'],
    ['123', 'NAME_NOT_A_NAME'],
    ['——', 'NAME_NOT_A_NAME'],
    ['王'.repeat(50), '王'.repeat(50)],
    ['王'.repeat(51), 'NAME_TOO_LONG'],
  ])('S0-36 reads the name %p as %p', (cell, wanted) => {
    expect(outcome(readPersonName(cell))).toBe(wanted)
  })

  test.each([
    ['330302000000004', '330302000000004'],
    ['３３０３０２００００００００４', '330302000000004'],
    [" '330302000000004 ", '330302000000004'],
    ['3.30302E+14', 'CODE_DAMAGED_BY_SPREADSHEET'],
    ['12345', 'BAD_ORGANISATION_CODE'],
    ['123456', '123456'],
    ['政治处', 'BAD_ORGANISATION_CODE'],
  ])('S0-36 reads the organisation code %p as %p', (cell, wanted) => {
    expect(outcome(readOrganisationCode(cell))).toBe(wanted)
  })

  test.each([
    ['是', true],
    ['√', true],
    ['Y', true],
    ['否', false],
    ['×', false],
    [' 无 ', false],
    ['也许', 'NOT_YES_OR_NO'],
  ])('S0-36 reads %p as %p', (cell, wanted) => {
    expect(outcome(readYesNo(cell))).toBe(wanted)
  })

  test('S0-36 lists the allowed values when a coded value is unknown', () => {
    const about = { zh: '不认识', en: 'unknown' }
    const read = createCodedReader([{ code: 'FULL', name: '正式党员', synonyms: ['正式'] }], 'UNKNOWN_KIND', about)
    expect(['正式党员', ' 正 式 ', 'full'].map(cell => outcome(read(cell)))).toEqual(['FULL', 'FULL', 'FULL'])
    expect(read('群众').refusal).toEqual({
      code: 'UNKNOWN_KIND',
      about,
      wanted: { zh: '正式党员', en: 'one of: 正式党员' },
    })
  })
})
