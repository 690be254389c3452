import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runCommand } from '@linghang/devstack'
import { parseAllDocuments, stringify } from 'yaml'
import type { KubernetesObject } from './judge-objects.ts'
import { helmProgram } from './programs.ts'

export const chart = fileURLToPath(new URL('../../deploy/helm/linghang/', import.meta.url))

/** The least that the chart wants to be told. */
export const least = {
  publicUrl: 'https://party.example.cn',
  oidc: { issuer: 'https://id.example.cn' },
  kafka: { brokers: ['kafka.data.svc:9093'] },
  temporal: { address: 'temporal.data.svc:7233' },
  secrets: { existingSecret: 'linghang' },
  materials: { store: 's3://papers?endpoint=https://s3.example.cn' },
}

type Asked = {
  /** Files of the chart's folder, first the weakest. */
  files?: readonly string[]
  /** Values over those. */
  values?: object
  helm?: 3 | 4
  release?: string
  /** Further words of the command line. */
  more?: readonly string[]
}

/** What helm makes of the chart, or says against it. */
export async function template({ files = [], values = {}, helm = 4, release = 'linghang', more = [] }: Asked) {
  const folder = mkdtempSync(join(tmpdir(), 'linghang-chart-'))
  try {
    const last = join(folder, 'values.yaml')
    writeFileSync(last, stringify(values))
    const given = [...files.map(file => join(chart, file)), last].flatMap(file => ['--values', file])
    const args = ['template', release, chart, '--namespace', 'party', '--kube-version', '1.36.0', ...given, ...more]
    return await runCommand(await helmProgram(helm), args, { timeoutMs: 60_000, env: { HOME: folder } })
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** The objects that are made of the values given. @throws Error with helm's words */
export async function objectsOf(asked: Asked): Promise<KubernetesObject[]> {
  const { code, stdout, stderr } = await template(asked)
  if (code !== 0) throw new Error(stderr)
  return parseAllDocuments(stdout)
    .map(document => document.toJS() as KubernetesObject | null)
    .filter(object => object !== null)
}
