import { addYears, idCheckCharacter } from '@linghang/rulebook'

/** A row of a members' roster by its headings. Whoever is in it is made up. */
export type PersonRow = Record<(typeof personHeadings)[number], string>

export const personHeadings = [
  '姓名',
  '公民身份号码',
  '性别',
  '民族',
  '出生日期',
  '学历',
  '人员类别',
  '所在党支部代码',
  '递交入党申请书日期',
  '确定为入党积极分子日期',
  '确定为发展对象日期',
  '加入党组织日期',
  '转为正式党员日期',
  '工作岗位',
  '手机号码',
  '党费人员类别',
  '党费计算基数（元/月）',
  '是否流动党员',
  '是否失联党员',
] as const

const organisationHeadings = [
  '党组织代码',
  '党组织名称',
  '组织类别',
  '上级党组织代码',
  '本届任期开始日期',
  '任期届满日期',
  '书记姓名',
] as const
export type OrganisationRow = Record<(typeof organisationHeadings)[number], string>

const surnames = Array.from('赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何')
const given = Array.from('安宁博文承德东方海涵浩然慧敏建军洁静')

let serial = 0

/** An ID number that nobody else in this run has: right in its form, made up in its digits. */
function newIdNumber(region: string, birthDate: string): { idNumber: string; sex: '男' | '女' } {
  const sequence = serial % 1000
  const first17 = `${region}${birthDate.replaceAll('-', '')}${String(sequence).padStart(3, '0')}`
  return { idNumber: first17 + idCheckCharacter(first17), sex: sequence % 2 === 1 ? '男' : '女' }
}

const dayOf = (n: number): string =>
  new Date(Date.UTC(1960, 0, 1) + (n % 9_000) * 86_400_000).toISOString().slice(0, 10)

/**
 * A full member with complete dues data, each call somebody else.
 * @param regionCode six digits, one for each county, so that no two counties share an ID number
 */
export function fullMember(regionCode: string, branchCode: string, changes: Partial<PersonRow> = {}): PersonRow {
  serial++
  const birthDate = dayOf(serial * 7)
  const { idNumber, sex } = newIdNumber(regionCode, birthDate)
  const joinedOn = addYears(birthDate, 22)
  return {
    姓名: `${surnames[serial % surnames.length]}${given[(serial * 3) % given.length]}${given[(serial * 5) % given.length]}`,
    公民身份号码: idNumber,
    性别: sex,
    民族: '汉族',
    出生日期: birthDate,
    学历: '大学本科',
    人员类别: '正式党员',
    所在党支部代码: branchCode,
    递交入党申请书日期: '',
    确定为入党积极分子日期: '',
    确定为发展对象日期: '',
    加入党组织日期: joinedOn,
    转为正式党员日期: addYears(joinedOn, 1),
    工作岗位: '教师',
    手机号码: `139${String(10_000_000 + serial * 7919).slice(-8)}`,
    党费人员类别: '按月薪',
    '党费计算基数（元/月）': '8000.00',
    是否流动党员: '否',
    是否失联党员: '否',
    ...changes,
  }
}

const noDues = { 党费人员类别: '', '党费计算基数（元/月）': '' }
const notJoined = { 加入党组织日期: '', 转为正式党员日期: '', ...noDues }

const applied = (appliedOn: string): Partial<PersonRow> => ({
  ...{ 人员类别: '入党申请人', 递交入党申请书日期: appliedOn },
  ...notJoined,
})

/** What a roster says of people in mid-course, named so that a test finds them. */
export const rows = {
  applicant: (name: string, appliedOn: string): Partial<PersonRow> => ({ 姓名: name, ...applied(appliedOn) }),
  activist: (name: string, since: string): Partial<PersonRow> => ({
    ...{ 姓名: name, 人员类别: '入党积极分子', 递交入党申请书日期: '2019-11-05', 确定为入党积极分子日期: since },
    ...notJoined,
  }),
  candidate: (name: string, since: string): Partial<PersonRow> => ({
    ...{ 姓名: name, 人员类别: '发展对象', 递交入党申请书日期: '2019-11-05' },
    ...{ 确定为入党积极分子日期: '2020-03-01', 确定为发展对象日期: since },
    ...notJoined,
  }),
  probationary: (name: string, joinedOn: string): Partial<PersonRow> => ({
    ...{ 姓名: name, 人员类别: '预备党员', 加入党组织日期: joinedOn, 转为正式党员日期: '' },
  }),
}

/** Somebody who has handed in an application. */
export const applicant = (regionCode: string, branchCode: string, appliedOn: string): PersonRow =>
  fullMember(regionCode, branchCode, applied(appliedOn))

const cell = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

/** A roster as a file in UTF-8, columns in the order given. */
export const toCsv = <Row extends Record<string, string>>(
  rows: readonly Row[],
  headings: readonly (keyof Row & string)[],
): string =>
  `${[headings, ...rows.map(row => headings.map(heading => row[heading] ?? ''))].map(cells => cells.map(cell).join(',')).join('\n')}\n`

export const membersCsv = (rows: readonly PersonRow[]): string => toCsv(rows, personHeadings)
export const organisationsCsv = (rows: readonly OrganisationRow[]): string => toCsv(rows, organisationHeadings)
