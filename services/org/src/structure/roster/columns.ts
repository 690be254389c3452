import { type CodedValue, type Column, createCodedReader } from '@linghang/rosters'

/** What kind of party organisation it is (党组织类别). */
export type OrganisationKind =
  | 'COUNTY_COMMITTEE'
  | 'COMMITTEE'
  | 'WORK_COMMITTEE'
  | 'ORGAN_COMMITTEE'
  | 'GENERAL_BRANCH'
  | 'BRANCH'
  | 'JOINT_BRANCH'
  | 'TEMPORARY_BRANCH'

/** What kind of unit the organisation is set up in (单位类别). */
export type UnitKind =
  | 'ORGAN'
  | 'PUBLIC_INSTITUTION'
  | 'STATE_ENTERPRISE'
  | 'SUBDISTRICT_OR_TOWN'
  | 'COMMUNITY'
  | 'VILLAGE'
  | 'SCHOOL'
  | 'NEW_ECONOMIC_OR_SOCIAL'
  | 'OTHER'

export type OrganisationColumn =
  | 'code'
  | 'name'
  | 'kind'
  | 'superiorCode'
  | 'regionCode'
  | 'unitKind'
  | 'establishedOn'
  | 'termStart'
  | 'termEnd'
  | 'secretaryName'
  | 'phone'

/** The columns of organisations.csv. */
export const organisationColumns: readonly Column<OrganisationColumn>[] = [
  { key: 'code', header: '党组织代码', synonyms: ['组织代码', '代码'], required: true },
  { key: 'name', header: '党组织名称', synonyms: ['组织名称', '党组织全称', '名称'], required: true },
  { key: 'kind', header: '组织类别', synonyms: ['党组织类别', '组织类型'], required: true },
  { key: 'superiorCode', header: '上级党组织代码', synonyms: ['上级组织代码', '上级代码'], required: true },
  { key: 'regionCode', header: '行政区划代码', synonyms: ['行政区划', '区划代码'] },
  { key: 'unitKind', header: '单位类别', synonyms: ['单位类型', '所在单位类别'] },
  { key: 'establishedOn', header: '建立日期', synonyms: ['成立日期', '建立时间', '成立时间', '党组织建立日期'] },
  { key: 'termStart', header: '本届任期开始日期', synonyms: ['本届任期起始日期', '任期开始日期', '任期起始日期'] },
  { key: 'termEnd', header: '任期届满日期', synonyms: ['本届任期届满日期', '届满日期', '任期结束日期'] },
  { key: 'secretaryName', header: '书记姓名', synonyms: ['党组织书记', '书记'] },
  { key: 'phone', header: '联系电话', synonyms: ['电话', '党组织联系电话'], holds: 'PHONE' },
]

const kinds: readonly CodedValue<OrganisationKind>[] = [
  { code: 'COUNTY_COMMITTEE', name: '县级党委', synonyms: ['县委', '区委', '县（区）委'] },
  { code: 'COMMITTEE', name: '党委', synonyms: ['基层党委', '党的基层委员会'] },
  { code: 'WORK_COMMITTEE', name: '党工委', synonyms: ['党的工作委员会', '工作委员会', '工委'] },
  { code: 'ORGAN_COMMITTEE', name: '机关党委', synonyms: ['机关委员会', '党的机关委员会'] },
  { code: 'GENERAL_BRANCH', name: '党总支', synonyms: ['总支', '党总支部', '总支部委员会'] },
  { code: 'BRANCH', name: '党支部', synonyms: ['支部', '支部委员会'] },
  { code: 'JOINT_BRANCH', name: '联合党支部', synonyms: ['联合支部'] },
  { code: 'TEMPORARY_BRANCH', name: '临时党支部', synonyms: ['临时支部'] },
]

const unitKinds: readonly CodedValue<UnitKind>[] = [
  { code: 'ORGAN', name: '机关', synonyms: ['党政机关', '机关单位'] },
  { code: 'PUBLIC_INSTITUTION', name: '事业单位', synonyms: ['医院', '公立医院', '卫生院'] },
  {
    code: 'STATE_ENTERPRISE',
    name: '国有企业',
    synonyms: ['国企', '国有控股企业', '国有独资企业', '公有制企业', '国有（集体）企业'],
  },
  { code: 'SUBDISTRICT_OR_TOWN', name: '街道乡镇', synonyms: ['街道', '乡镇', '乡', '镇', '乡镇街道'] },
  { code: 'COMMUNITY', name: '社区', synonyms: ['城市社区', '居委会'] },
  { code: 'VILLAGE', name: '村', synonyms: ['行政村', '建制村', '农村'] },
  { code: 'SCHOOL', name: '学校', synonyms: ['高校', '中小学'] },
  {
    code: 'NEW_ECONOMIC_OR_SOCIAL',
    name: '两新',
    synonyms: ['两新组织', '民营企业', '私营企业', '非公有制企业', '非公企业', '社会组织', '新经济组织', '新社会组织'],
  },
  { code: 'OTHER', name: '其他', synonyms: ['其它'] },
]

export const readOrganisationKind = createCodedReader(kinds, 'UNKNOWN_ORGANISATION_KIND', {
  zh: '不认识这种组织类别',
  en: 'this kind of organisation is not known',
})

export const readUnitKind = createCodedReader(unitKinds, 'UNKNOWN_UNIT_KIND', {
  zh: '不认识这种单位类别',
  en: 'this kind of unit is not known',
})
