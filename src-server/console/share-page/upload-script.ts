/**
 * Sends files one after the other with a bar, where the browser runs scripts; without, the form does it. Plain text, because it
 * stands in the page and the page's policy knows it by its hash.
 */
export const UPLOAD_SCRIPT = `
(() => {
  const form = document.querySelector('form[data-upload]');
  const bar = document.querySelector('progress');
  const said = document.querySelector('[data-said]');
  const button = form.querySelector('button');
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const files = [...form.elements.files.files];
    const total = files.reduce((sum, file) => sum + file.size, 0);
    let done = 0;
    let receipt = '';
    button.disabled = true;
    bar.hidden = false;
    bar.max = Math.max(total, 1);
    const next = (index) => {
      const file = files[index];
      if (file === undefined) {
        location.assign(form.dataset.page + '?receipt=' + encodeURIComponent(receipt));
        return;
      }
      said.textContent = (index + 1) + ' / ' + files.length + ' · ' + file.name;
      const query = new URLSearchParams({ name: file.name, sender: form.elements.sender.value });
      if (receipt !== '') query.set('receipt', receipt);
      const request = new XMLHttpRequest();
      request.open('PUT', form.dataset.page + '/file?' + query);
      request.setRequestHeader('content-type', file.type || 'application/octet-stream');
      request.upload.onprogress = ({ loaded }) => { bar.value = done + loaded; };
      request.onload = () => {
        done += file.size;
        bar.value = done;
        try { receipt = JSON.parse(request.responseText).receipt || receipt; } catch {}
        next(index + 1);
      };
      request.onerror = () => {
        button.disabled = false;
        bar.hidden = true;
        said.textContent = form.dataset.failed;
        said.className = 'bad';
      };
      request.send(file);
    };
    next(0);
  });
})();
`.trim();
