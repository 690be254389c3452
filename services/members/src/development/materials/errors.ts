import { defineErrors } from '@linghang/subgraph/errors'
import { chineseNames } from '../cases/words.ts'

/** What is refused about papers of cases and the links to them. */
export const { fail, table } = defineErrors(
  {
    MATERIAL_NAME: {
      zh: '文件名不可用：应有扩展名、不超过 {limit} 字（现 {found} 字），不含 \\\\ / : * ? " < > | 等符号',
      en: 'The file name cannot be used: it takes an ending and at most {limit} characters (found {found})',
    },
    MATERIAL_TYPE: {
      zh: '不接收 {found} 文件，应为 {wanted}；doc、xls 请另存为 docx、xlsx 或 PDF',
      en: 'Files ending in {found} are not taken: wanted {wanted}; save a doc or xls as docx, xlsx or PDF',
    },
    MATERIAL_CONTENT: {
      zh: '文件内容是 {found}，与名称 {named} 不符；应为 {wanted}',
      en: 'The content is {found}, its name says {named}: wanted {wanted}, name and content the same',
    },
    MATERIAL_TOO_LARGE: {
      zh: '文件 {found} 字节，超过 {limit} 字节的上限',
      en: 'The file has {found} bytes, more than the limit of {limit}',
    },
    MATERIAL_EMPTY: { zh: '文件是空的', en: 'The file is empty' },
    MATERIAL_LENGTH_UNKNOWN: {
      zh: '上传请求须带 Content-Length',
      en: 'The upload must state its length (Content-Length)',
    },
    MATERIAL_CUT_OFF: {
      zh: '只收到 {found} 字节，应为 {wanted} 字节，请重新上传',
      en: 'Only {found} of {wanted} bytes arrived: upload it again',
    },
    MATERIAL_FILED_ALREADY: {
      zh: '该材料状态为 {found}，不能再上传；更换请新建材料并指明被替换的材料',
      en: 'The paper is {found} and takes no file: make a new one that replaces it',
    },
    MATERIAL_NOT_FILED: { zh: '该材料尚无文件（{found}）', en: 'The paper has no file yet ({found})' },
    MATERIAL_NOT_FOR_STEP: {
      zh: '{template} 不是步骤 {found} 的材料，应归入 {wanted}',
      en: '{template} is no paper of step {found}: wanted {wanted}',
    },
    MATERIAL_NOT_REPLACEABLE: {
      zh: '被替换的材料是 {found}，应为 {wanted}',
      en: 'The paper to replace is {found}: wanted {wanted}',
    },
    TOO_MANY_MATERIALS: {
      zh: '{what} 已有 {found} 份材料，上限 {limit} 份',
      en: '{what} has {found} papers, the limit is {limit}',
    },
  },
  chineseNames,
)
