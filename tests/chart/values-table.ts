import type { Described } from './values-shape.ts'

const shown = (value: unknown): string => {
  const text = JSON.stringify(value)
  return `\`${text.length > 60 ? `${text.slice(0, 57)}…` : text}\``.replaceAll('|', '\\|')
}

const allowed = ({ schema }: Described): string => {
  const choice = (schema.enum ?? (schema.items as { enum?: unknown[] } | undefined)?.enum) as unknown[] | undefined
  return choice ? ` One of ${choice.map(value => `\`${value === '' ? '""' : value}\``).join(', ')}.` : ''
}

/** A table for each block of values, in the order of values.yaml. */
export function tablesOf(values: readonly Described[]): string {
  const isGroup = (value: Described): boolean =>
    values.some(({ path }) => path.length > value.path.length && value.path.every((part, at) => path[at] === part))
  const blocks = values.filter(value => value.path.length === 1 && isGroup(value))
  const single = values.filter(value => value.path.length === 1 && !blocks.includes(value))
  const row = (value: Described, from: number): string =>
    `| \`${value.path.slice(from).join('.')}\` | ${shown(value.preset)} | ${value.text.replaceAll('|', '\\|')}${allowed(value)} |`
  const table = (rows: readonly string[]): string =>
    ['| Value | Preset | Meaning |', '| --- | --- | --- |', ...rows].join('\n')
  const sections = blocks.map(block => {
    const inner = values.filter(value => value.path[0] === block.path[0] && value.path.length > 1)
    const rows = inner.filter(value => !isGroup(value)).map(value => row(value, 1))
    const groups = inner.filter(isGroup).map(group => `\`${group.path.slice(1).join('.')}\`: ${group.text}`)
    return [
      `### \`${block.path[0]}\``,
      block.text,
      ...(groups.length > 0 ? [groups.join(' ')] : []),
      ...(rows.length > 0 ? [table(rows)] : []),
    ].join('\n\n')
  })
  return [table(single.map(value => row(value, 0))), ...sections].join('\n\n')
}
