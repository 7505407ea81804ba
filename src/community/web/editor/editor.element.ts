import { Autosave } from './autosave.ts';
import {
  block,
  codeAround,
  continueList,
  linkAround,
  type Selected,
  stepHeading,
  type TextChange,
  toggleAround,
  toggleLines,
} from './edit-text.ts';
import { Preview } from './preview.ts';
import { make } from '../site/make-element.ts';
import { uploadImage } from './upload-image.ts';

/** The words of the editor in the reader's language, handed over in its `words` attribute. */
export type EditorWords = Record<EditorWord, string>;
type EditorWord =
  | 'toolbar'
  | 'heading'
  | 'bold'
  | 'italic'
  | 'code'
  | 'quote'
  | 'bullets'
  | 'numbers'
  | 'table'
  | 'link'
  | 'image'
  | 'preview'
  | 'placeholder'
  | 'linkText'
  | 'column'
  | 'uploading'
  | 'uploadFailed'
  | 'typing'
  | 'saving'
  | 'saved'
  | 'notSaved'
  | 'empty'
  | 'previewFailed';

type Tool = { name: EditorWord; sign: string; key?: string; act(selected: Selected): TextChange | void };

/** Makes a textarea of Markdown an editor: buttons, keys, pictures by paste and drop, a live preview, a draft that saves itself. */
class Editor extends HTMLElement {
  #area!: HTMLTextAreaElement;
  #words!: EditorWords;
  #status!: HTMLElement;
  #preview!: Preview;
  #autosave: Autosave | undefined;
  // Held here: an input that nothing holds may be swept away while its dialog is open, and the choice with it.
  #picker = make('input', {
    type: 'file',
    accept: 'image/png,image/jpeg,image/gif,image/webp',
    multiple: true,
  });

  connectedCallback() {
    const area = this.querySelector('textarea');
    if (!area || this.hasAttribute('live')) return;
    this.#area = area;
    this.#words = JSON.parse(this.getAttribute('words') ?? '{}') as EditorWords;
    this.#status = make('p', { className: 'com-editor-status', role: 'status' });
    this.#preview = new Preview(area, this.#words);
    const panes = make('div', { className: 'com-editor-panes' });
    area.before(this.#toolbar(), panes);
    panes.append(area, this.#preview.pane);
    panes.after(this.#status);
    area.addEventListener('keydown', (event) => this.#onKey(event));
    area.addEventListener('paste', (event) => this.#onFiles(event, event.clipboardData));
    this.#picker.addEventListener('change', () => {
      void this.#upload([...(this.#picker.files ?? [])]);
      this.#picker.value = '';
    });
    area.addEventListener('drop', (event) => this.#onFiles(event, event.dataTransfer));
    area.addEventListener('input', () => this.#preview.schedule());
    const target = this.getAttribute('draft');
    if (target !== null && area.form) {
      this.#autosave = new Autosave(area.form, target, (state, time) =>
        this.#say(time === undefined ? this.#words[state] : `${this.#words[state]} ${time}`, state),
      );
    }
    this.setAttribute('live', '');
    this.#takeWords();
    // Beside the words where there is room, out of the way where there is not.
    if (this.clientWidth >= 900) this.#showPreview(true);
  }

  /** Words that a page of ours handed over behind the sharp of the address come after those that are there. */
  #takeWords() {
    const given = new URLSearchParams(location.hash.slice(1)).get('words');
    if (given === null) return;
    history.replaceState(null, '', location.pathname + location.search);
    if (this.#area.value.includes(given)) return;
    const { length } = this.#area.value;
    const text = `${length === 0 ? '' : '\n\n'}${given}\n`;
    this.#apply({ from: length, to: length, text, select: [length + text.length, length + text.length] });
  }

  disconnectedCallback() {
    this.#autosave?.stop();
  }

  get #tools(): Tool[] {
    const words = this.#words;
    return [
      { name: 'heading', sign: 'H', act: stepHeading },
      { name: 'bold', sign: 'B', key: 'b', act: (at) => toggleAround(at, '**', words.placeholder) },
      { name: 'italic', sign: 'I', key: 'i', act: (at) => toggleAround(at, '*', words.placeholder) },
      { name: 'code', sign: '</>', key: 'e', act: (at) => codeAround(at, 'select 1') },
      { name: 'quote', sign: '❝', act: (at) => toggleLines(at, '> ') },
      { name: 'bullets', sign: '•', act: (at) => toggleLines(at, '- ') },
      { name: 'numbers', sign: '①', act: (at) => toggleLines(at, 'number') },
      {
        name: 'table',
        sign: '▦',
        act: (at) => {
          const name = words.column;
          return block(at, `| ${name} 1 | ${name} 2 |\n| --- | --- |\n|  |  |`, 2, 4 + name.length);
        },
      },
      { name: 'link', sign: '↗', key: 'k', act: (at) => linkAround(at, words.linkText) },
      { name: 'image', sign: '▨', act: () => this.#picker.click() },
    ];
  }

  /** One stop of the Tab key; the arrows move within it. */
  #toolbar(): HTMLElement {
    const bar = make('div', {
      className: 'com-editor-tools',
      role: 'toolbar',
      ariaLabel: this.#words.toolbar,
    });
    for (const tool of this.#tools) {
      const button = make('button', { type: 'button', textContent: tool.sign, tabIndex: -1 });
      const keys = tool.key === undefined ? '' : ` (Ctrl+${tool.key.toUpperCase()})`;
      button.dataset['tool'] = tool.name;
      button.ariaLabel = this.#words[tool.name];
      button.title = this.#words[tool.name] + keys;
      button.addEventListener('click', () => this.#run(tool));
      bar.append(button);
    }
    const toggle = make('button', { type: 'button', textContent: this.#words.preview, tabIndex: -1 });
    toggle.dataset['tool'] = 'preview';
    toggle.ariaPressed = 'false';
    toggle.addEventListener('click', () => this.#showPreview(this.dataset['preview'] === undefined));
    bar.append(toggle);
    const buttons = [...bar.querySelectorAll('button')];
    buttons[0]!.tabIndex = 0;
    bar.addEventListener('keydown', (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1, Home: -buttons.length, End: buttons.length }[event.key];
      if (step === undefined) return;
      event.preventDefault();
      const now = buttons.indexOf(event.target as HTMLButtonElement);
      const next = Math.min(Math.max(now + step, 0), buttons.length - 1);
      buttons.forEach((one, at) => (one.tabIndex = at === next ? 0 : -1));
      buttons[next]!.focus();
    });
    return bar;
  }

  #showPreview(show: boolean) {
    if (show) this.dataset['preview'] = '';
    else delete this.dataset['preview'];
    this.querySelector('[data-tool="preview"]')!.ariaPressed = String(show);
    this.#preview.show(show);
  }

  get #selected(): Selected {
    const { value, selectionStart, selectionEnd } = this.#area;
    return { text: value, from: selectionStart, to: selectionEnd };
  }

  #run(tool: Tool) {
    const change = tool.act(this.#selected);
    if (change) this.#apply(change);
  }

  #apply({ from, to, text, select }: TextChange) {
    this.#area.focus();
    this.#area.setSelectionRange(from, to);
    // The one way that the browser's own undo knows of.
    const done =
      text === '' ? document.execCommand('delete') : document.execCommand('insertText', false, text);
    if (!done) {
      this.#area.setRangeText(text, from, to);
      this.#area.dispatchEvent(new Event('input', { bubbles: true }));
    }
    this.#area.setSelectionRange(...select);
  }

  #onKey(event: KeyboardEvent) {
    if (event.isComposing || event.altKey) return;
    if (event.key === 'Enter' && !event.shiftKey && !event.ctrlKey && !event.metaKey) {
      const change = continueList(this.#selected);
      if (!change) return;
      event.preventDefault();
      this.#apply(change);
      return;
    }
    if (!(event.ctrlKey || event.metaKey) || event.shiftKey) return;
    const tool = this.#tools.find(({ key }) => key === event.key.toLowerCase());
    if (!tool) return;
    event.preventDefault();
    this.#run(tool);
  }

  #onFiles(event: Event, data: DataTransfer | null) {
    const files = [...(data?.files ?? [])].filter(({ type }) => type.startsWith('image/'));
    // A table copied from an office program comes as words and as a picture: the words are meant.
    if (files.length === 0 || data?.types.includes('text/plain')) return;
    event.preventDefault();
    void this.#upload(files);
  }

  async #upload(files: File[]) {
    for (const file of files) {
      const name = file.name.replace(/[[\]\n\r]/g, ' ');
      const mark = `![${this.#words.uploading} ${name}]()`;
      const { from, to } = this.#selected;
      this.#apply({ from, to, text: mark, select: [from + mark.length, from + mark.length] });
      const answer = await uploadImage(file, name);
      const at = this.#area.value.indexOf(mark);
      const text = 'url' in answer ? `![${name.replace(/\.\w+$/, '')}](${answer.url})` : '';
      if (at !== -1)
        this.#apply({ from: at, to: at + mark.length, text, select: [at + text.length, at + text.length] });
      if ('refused' in answer) this.#say(answer.refused || this.#words.uploadFailed, 'notSaved');
    }
  }

  #say(words: string, state: string) {
    this.#status.textContent = words;
    this.#status.dataset['state'] = state;
  }
}

customElements.define('elepherd-editor', Editor);
