import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { type AuditFault, verifyAuditChains } from '@linghang/access'
import { services } from '@linghang/migrations'
import { readCommandLine, runCommand } from './command-line.ts'
import { defaultStateDir, whereCalled } from './env.ts'
import { findCounty, findOperated, withService } from './operate.ts'

const usage = {
  zh: '用法：npm run audit:verify -- [--county 区划代码] [--heads 存放链首的文件] [--state-dir 目录]',
  en: 'Usage: npm run audit:verify -- [--county code] [--heads file for the heads] [--state-dir folder]',
}

const faults: Record<AuditFault, { zh: string; en: string }> = {
  ENTRY_CHANGED: { zh: '记录内容被改动', en: 'the row is not the one that was written' },
  ENTRY_REMOVED: { zh: '记录被删除', en: 'the row is gone' },
  LINK_REMOVED: { zh: '链环被删除', en: 'the link is gone' },
  LINK_CHANGED: { zh: '链环与前一环不衔接', en: 'the link does not continue the one before it' },
  END_REMOVED: { zh: '链尾被截断，链首登记的条数更多', en: 'the chain is shorter than its head says' },
  HEAD_CHANGED: { zh: '链首与最后一环不符', en: 'the head does not name the last link' },
  LINK_BEYOND_HEAD: { zh: '链环超出链首登记的条数', en: 'there is a link behind what the head says' },
  ENTRY_INSERTED: { zh: '记录不在任何链中', en: 'the row is in no chain' },
}

function readArguments() {
  const { values } = readCommandLine(usage, {
    county: { type: 'string' },
    heads: { type: 'string' },
    'state-dir': { type: 'string', default: defaultStateDir },
  })
  return {
    county: values.county ?? null,
    heads: values.heads === undefined ? null : resolve(whereCalled(), values.heads),
    stateDir: resolve(values['state-dir']),
  }
}

/**
 * Walks every service's audit chains and says whether they hold. Where each ends goes into a file when one is named:
 * kept elsewhere, its lines prove later that no chain was cut off or replaced as a whole. Ends with code 1 when a chain
 * does not hold.
 */
async function verifyAll(): Promise<void> {
  const { county, heads, stateDir } = readArguments()
  const operated = await findOperated(stateDir)
  const countyId = county === null ? null : await findCounty(operated, county, usage)
  const lines = ['服务 service\t县 county\t组织 organisation\t条数 links\t链首 head']
  for (const service of services) {
    const verdict = await withService(operated, service, asService =>
      verifyAuditChains(asService, {
        countyId,
        onHead: head => lines.push([service, head.countyId, head.chainId, head.seq, head.hash].join('\t')),
      }),
    )
    if (verdict.broken === null) {
      console.log(`${service}: 完好 intact, ${verdict.chains} 条链 chains, ${verdict.links} 条记录 rows`)
      continue
    }
    const { chainId, seq, entryId, fault } = verdict.broken
    process.exitCode = 1
    console.error(
      `${service}: 第一处断裂 first broken link: 组织 organisation ${chainId}, 序号 seq ${seq ?? '-'}, 记录 row ${entryId ?? '-'}: ${faults[fault].zh} ${faults[fault].en} (${fault})`,
    )
  }
  if (heads !== null) {
    await writeFile(heads, `${lines.join('\n')}\n`)
    console.log(`链首已写入 heads written: ${heads}`)
  }
}

await runCommand(verifyAll)
