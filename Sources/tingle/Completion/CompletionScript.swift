import ArgumentParser
import TingleSupport

/// What makes a shell ask this program what to offer, and the answers.
enum CompletionScript {
  /// The word by which the scripts ask: then the shell's name, and what it knows of the line.
  static let verb = "---complete"

  /// Answers a script: a line for each candidate; but for bash a tab and a summary can follow it.
  static func answer(_ words: [String]) throws {
    var lines: [String] = []
    if words.first == "bash", words.count == 3 {
      let line = BashLine(words[1], wordBreaks: words[2])
      lines = Completion.candidates(after: line.words, line.current).map { line.written($0.word) }
    } else if words.count >= 3 {
      lines = Completion.candidates(after: Array(words[1..<words.count - 1]), words[words.count - 1]).map {
        $0.summary.map { summary in "\t" + summary }.map($0.word.appending) ?? $0.word
      }
    }
    // Names keep their bytes.
    try StandardOutput.write(bytes: FileName.bytes(lines.map { $0 + "\n" }.joined()))
  }

  /// The script for a shell; nil for a shell that is not known.
  /// - Parameter shell: nil for the one that runs this program.
  static func text(for shell: String?) -> String? {
    switch shell ?? CompletionShell.autodetected()?.rawValue {
    case "bash": bash
    case "zsh": zsh
    case "fish": fish
    default: nil
    }
  }

  private static let bash = #"""
    # bash completion for tingle

    _tingle() {
        local candidate
        COMPREPLY=()
        while IFS= read -r candidate; do
            COMPREPLY+=("$candidate")
        done < <("${1/#\~/$HOME}" ---complete bash "${COMP_LINE:0:COMP_POINT}" "$COMP_WORDBREAKS" 2>/dev/null)
        # What goes on: a folder, or an option with its value.
        if [[ ${#COMPREPLY[@]} -eq 1 && $COMPREPLY == */ ]]; then
            compopt -o nospace 2>/dev/null
        fi
    }

    complete -F _tingle tingle
    """#

  private static let zsh = #"""
    #compdef tingle

    _tingle() {
        # zsh knows its users' folders better.
        if [[ $PREFIX == (\~|--*=\~)* ]]; then
            compset -P '--*='
            _files
            return
        fi
        local line word
        local -a described folders plain
        while IFS= read -r line; do
            word=${line%%$'\t'*}
            if [[ $line == *$'\t'* ]]; then
                described+=("${word//:/\\:}:${line#*$'\t'}")
            elif [[ $word == */ ]]; then
                folders+=("$word")
            else
                plain+=("$word")
            fi
        done < <("${words[1]/#\~/$HOME}" ---complete zsh "${(@Q)words[1,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null)
        (( $#described )) && _describe -t arguments argument described
        (( $#folders )) && compadd -S '' -a folders
        (( $#plain )) && compadd -a plain
    }

    if [[ ${zsh_eval_context[-1]} == loadautofunc ]]; then
        _tingle "$@"
    else
        compdef _tingle tingle
    fi
    """#

  private static let fish = #"""
    # fish completion for tingle

    function __tingle_complete
        set -l token (commandline --current-token --cut-at-cursor)
        # fish knows its users' folders better.
        if string match --quiet -- '~*' $token
            __fish_complete_path $token
            return
        end
        set -l tokens --tokens-expanded
        # The option's name before version 4.
        test (string split -m 1 -f 1 -- . $FISH_VERSION) -gt 3; or set tokens --tokenize
        set -l words (commandline $tokens --current-process --cut-at-cursor)
        set -l current (string unescape -- "$token")
        or set current "$token"
        command $words[1] ---complete fish $words "$current" 2>/dev/null
    end

    complete --command tingle --no-files --arguments '(__tingle_complete)'
    """#
}
