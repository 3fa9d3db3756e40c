// What a field is told when a schema has no words of its own for the fault: plain Chinese, in every process and window.
import { z } from 'zod';

const kinds: Record<string, string> = {
  string: '文字',
  number: '数字',
  int: '整数',
  boolean: '是或否',
  array: '列表',
  object: '一组内容',
};

/** Counted in characters for texts, in entries for lists; a number is compared as it is. */
function unitOf(origin: string): string {
  return origin === 'string' ? ' 字' : origin === 'array' ? ' 项' : '';
}

function fieldMessage(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined || issue.input === null
        ? '必填'
        : `应为${kinds[issue.expected] ?? '另一种内容'}`;
    case 'too_small':
      return `不得少于 ${issue.minimum}${unitOf(issue.origin)}`;
    case 'too_big':
      return `不得超过 ${issue.maximum}${unitOf(issue.origin)}`;
    case 'invalid_value':
      return `应为${issue.values.map(String).join('、')}之一`;
    case 'invalid_format':
      return issue.format === 'url' ? '应为网址' : '格式不对';
    default:
      return '内容不对';
  }
}

z.config({ localeError: fieldMessage });
