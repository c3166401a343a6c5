import { shellWord } from '../escape.js';
import { renderSpan } from './progress.js';

/** Renders how far a task has come: the service tells no more than its state. */
export function renderExportProgress(task: { readonly taskId: string; readonly status: string }, ms: number): string {
  return `export task ${task.taskId} · ${task.status.toLowerCase()} · ${renderSpan(ms)}`;
}

/** Renders how what a task has written is read; its objects lie in a folder for each stream. */
export function renderHowToRead(url: string, taskId: string): string {
  return `read it: aws s3 cp --recursive ${shellWord(url)} ${taskId} && zcat ${taskId}/*/*.gz`;
}
