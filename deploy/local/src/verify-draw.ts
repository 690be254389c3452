import { readFile } from 'node:fs/promises'
import { stackFault } from '@linghang/devstack'
import {
  type DrawRecord,
  faultsOf,
  isAsAnnounced,
  type RecordFault,
  readRecord,
} from '../../../services/assessment/src/draws/draws/record.ts'
import { readCommandLine, runCommand } from './command-line.ts'

const usage = {
  zh: '用法：npm run draw:verify -- 公布材料文件 [--announced 抽取前的公布材料文件]；不符时以 1 结束',
  en: 'Usage: npm run draw:verify -- record [--announced record published before the draw]; ends with 1 when it does not hold',
}

const said: Readonly<Record<RecordFault, { zh: string; en: string }>> = {
  LIST: { zh: '白名单与公布的哈希不符', en: 'the white list is not the one whose hash was published' },
  SEED: { zh: '种子与公布的哈希不符', en: 'the seed is not the one whose hash was published' },
  DRAWN: { zh: '抽中的支部不是该种子抽出的', en: 'those who were drawn are not whom this seed draws' },
  NOT_DRAWN: { zh: '尚未抽取，没有种子', en: 'it is not drawn yet: there is no seed' },
}
const refuse = (zh: string, en: string): never => {
  throw stackFault('DRAW_REFUSED', { zh: `不符：${zh}`, en: `refused: ${en}` })
}

async function recordIn(file: string): Promise<DrawRecord> {
  const text = await readFile(file, 'utf8').catch(() => null)
  const record = text === null ? null : readRecord(text)
  return record ?? refuse(`${file} 不是抽查的公布材料`, `${file} is no published record of a draw`)
}

/** Recomputes a draw from what was published of it, without any database: anybody can. */
await runCommand(async () => {
  const { values, positionals } = readCommandLine(usage, { announced: { type: 'string' } }, true)
  const [file, ...others] = positionals
  if (file === undefined || others.length > 0) throw stackFault('WRONG_ARGUMENTS', usage)
  const record = await recordIn(file)
  const faults = faultsOf(record)
  if (faults.length > 0)
    refuse(faults.map(fault => said[fault].zh).join('；'), faults.map(fault => said[fault].en).join('; '))
  if (values.announced !== undefined && !isAsAnnounced(record, await recordIn(values.announced)))
    refuse(
      '与抽取前公布的材料不是同一名单、同一数量、同一哈希',
      'it is not the list, number and hashes announced before',
    )
  console.log(
    `相符：${record.white.length} 个支部中抽取 ${record.draws} 个，可由公布的种子重算\nholds: ${record.draws} of ${record.white.length} branches, recomputed from the published seed`,
  )
})
