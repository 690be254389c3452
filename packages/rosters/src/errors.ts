import { defineErrors } from '@linghang/subgraph/errors'

/** What an import is refused for, beside what is wrong with its rows; and a form that is held to the rules of a roster. */
export const { fail, table } = defineErrors({
  RECORD_REFUSED: { zh: '{column}：{message}', en: '{column}: {messageEn}' },
  IMPORT_HAS_NO_FILE: { zh: '还没有上传文件', en: 'No file has been uploaded yet' },
  IMPORT_BUSY: {
    zh: '这次导入正在{stateZh}，请等它完成，或新建一次导入',
    en: 'The import is under way ({state}): wait until it has ended, or make a new one',
  },
  FILE_EMPTY: {
    zh: '文件是空的（0 字节），请检查后重新上传',
    en: 'The file is empty (0 bytes): look at it and upload it again',
  },
  IMPORT_DONE: {
    zh: '这次导入已经结束；新文件请新建导入',
    en: 'This import has ended; make a new one for a new file',
  },
  ROSTER_HAS_ERRORS: {
    zh: '名册有 {errors} 处错误；按“全部或全不”方式不能提交，请改正后重新上传',
    en: 'The roster has {errors} errors and cannot be taken over all or none: correct the file and upload it again',
  },
  FILE_TOO_LARGE: { zh: '文件超过 {limit} 字节', en: 'The file is larger than {limit} bytes' },
})

const busyZh = { RECEIVING: '接收文件', PREVIEWING: '核对', COMMITTING: '写入' } as const
export const failBusy = (state: keyof typeof busyZh): never => fail('IMPORT_BUSY', { state, stateZh: busyZh[state] })
