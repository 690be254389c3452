import { createFinding, type Finding, type Text } from '@linghang/rosters'
import type { JudgedOrganisation } from './judge-organisation.ts'

/** What is looked at of a row when organisations are held against each other. */
export type Judged = Pick<JudgedOrganisation, 'line' | 'code' | 'superiorCode' | 'organisation'>

const fault = (
  row: Judged,
  column: '党组织代码' | '上级党组织代码',
  code: string,
  about: Text,
  wanted: Text,
): Finding => {
  const found = (column === '党组织代码' ? row.code : row.superiorCode) ?? ''
  return createFinding({ line: row.line, column, severity: 'ERROR', code, found, about, wanted })
}

export const duplicateCode = (row: Judged, firstLine: number) =>
  fault(
    row,
    '党组织代码',
    'DUPLICATE_CODE',
    { zh: `与第 ${firstLine} 行的代码相同`, en: `the same code stands in line ${firstLine}` },
    { zh: '每个党组织只占一行', en: 'one line for each organisation' },
  )

export const moreThanOneRoot = (row: Judged, root: string) =>
  fault(
    row,
    '上级党组织代码',
    'MORE_THAN_ONE_ROOT',
    { zh: `没有上级的党组织只能有一个，已有 ${root}`, en: `only one organisation has no superior, and ${root} is it` },
    { zh: '上级党组织代码', en: 'the code of its superior' },
  )

export const unknownSuperior = (row: Judged) =>
  fault(
    row,
    '上级党组织代码',
    'UNKNOWN_SUPERIOR',
    { zh: '文件里和已登记的党组织中都没有这个上级', en: 'this superior is neither in the file nor registered' },
    { zh: '文件里或已登记的党组织代码', en: 'the code of an organisation in the file or in the register' },
  )

export const superiorRefused = (row: Judged, superiorLine: number) =>
  fault(
    row,
    '上级党组织代码',
    'SUPERIOR_REFUSED',
    {
      zh: `上级党组织所在的第 ${superiorLine} 行有错误`,
      en: `the superior, in line ${superiorLine}, has an error itself`,
    },
    { zh: `先改正第 ${superiorLine} 行`, en: `line ${superiorLine} put right first` },
  )

export const branchAsSuperior = (row: Judged) =>
  fault(
    row,
    '上级党组织代码',
    'BRANCH_AS_SUPERIOR',
    { zh: '党支部下面不能再设党组织', en: 'a branch has no organisation below it' },
    { zh: '党委、党工委或党总支的代码', en: 'the code of a committee, a work committee or a general branch' },
  )

export const branchWithInferiors = (row: Judged, inferior: string) =>
  fault(
    row,
    '党组织代码',
    'BRANCH_WITH_INFERIORS',
    {
      zh: `下面还有党组织（${inferior}），不能改为党支部`,
      en: `it has organisations below it (${inferior}) and cannot become a branch`,
    },
    { zh: '原来的组织类别，或先把下级党组织调整到别处', en: 'its kind as it was, or those below it moved first' },
  )

export const committeeWithPeople = (row: Judged) =>
  fault(
    row,
    '党组织代码',
    'COMMITTEE_WITH_PEOPLE',
    {
      zh: '编有党员或发展中的人员，不能改为党委、党工委或党总支（《党员教育管理工作条例》第二十五条）',
      en: 'people belong to it, so it stays a branch (Regulations on Education and Management, art. 25)',
    },
    { zh: '原来的组织类别，或先把人员调整到党支部', en: 'its kind as it was, or its people moved to a branch first' },
  )

export const cycle = (row: Judged, ring: readonly string[]) =>
  fault(
    row,
    '上级党组织代码',
    'SUPERIOR_CYCLE',
    {
      zh: `沿上级关系往上会回到它自己（${ring.join(' → ')}）`,
      en: `following the superiors upwards leads back to it (${ring.join(' → ')})`,
    },
    { zh: '不在它自己下面的上级党组织', en: 'a superior that is not below it' },
  )
