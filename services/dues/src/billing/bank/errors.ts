import { defineErrors } from '@linghang/subgraph/errors'

/** What a bank's statement is refused for. */
export const { fail, table } = defineErrors({
  STATEMENT_UNREADABLE: {
    zh: '对账单第 {line} 行不能识别：{found}，应为{wantedZh}；整个文件没有导入',
    en: 'Line {line} of the statement cannot be read: found {found}, wanted {wanted}; nothing of the file was taken',
  },
  STATEMENT_NO_TABLE: {
    zh: '这个文件不能作为对账单读取：{messageZh}',
    en: 'This file cannot be read as a statement: {message}',
  },
  BANK_LINE_ENDED: { zh: '这一行已经处理：{found}', en: 'This line has been dealt with: {found}' },
  BANK_LINE_NOT_THAT: {
    zh: '这一行不能这样入账：{found}',
    en: 'This line cannot be that: {found}',
  },
})
