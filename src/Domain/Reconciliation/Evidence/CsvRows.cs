using System.Text;

namespace Tally.Domain.Reconciliation.Evidence;

/// <summary>Reads comma-separated values as RFC 4180 has them; ends of lines may also be a line feed alone.</summary>
/// <param name="text">The text.</param>
internal sealed class CsvRows(string text)
{
    /// <summary>The most fields of a row.</summary>
    public const int FieldsMax = 1_000;

    private readonly StringBuilder _field = new();
    private int _place;
    private int _line = 1;

    /// <summary>In which line the row begins that was read last, from 1.</summary>
    public int Line { get; private set; }

    /// <summary>Reads the next row that isn't empty.</summary>
    /// <param name="fields">Gets its fields.</param>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="FormatException">It is malformed; <see cref="Line"/> says where.</exception>
    public bool TryRead(List<string> fields)
    {
        while (_place < text.Length)
        {
            Line = _line;
            fields.Clear();
            while (!ReadField(fields))
            {
                if (fields.Count > FieldsMax)
                {
                    throw new FormatException($"The row has more than {FieldsMax} fields.");
                }
            }

            if (fields is not [""])
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Reads a field, and says whether it was the row's last.</summary>
    private bool ReadField(List<string> fields)
    {
        if (_place < text.Length && text[_place] == '"')
        {
            ReadQuoted();
            fields.Add(_field.ToString());
        }
        else
        {
            var length = text.AsSpan(_place).IndexOfAny(",\r\n\"");
            var end = length < 0 ? text.Length : _place + length;
            fields.Add(text[_place..end]);
            _place = end;
        }

        return Leave();
    }

    private void ReadQuoted()
    {
        _field.Clear();
        _place++;
        while (true)
        {
            var length = text.AsSpan(_place).IndexOf('"');
            if (length < 0)
            {
                throw new FormatException("A quoted field has no end.");
            }

            var part = text.AsSpan(_place, length);
            _line += part.Count('\n');
            _field.Append(part);
            _place += length + 1;
            if (_place >= text.Length || text[_place] != '"')
            {
                return;
            }

            _field.Append('"');
            _place++;
        }
    }

    private bool Leave()
    {
        if (_place >= text.Length)
        {
            return true;
        }

        switch (text[_place])
        {
            case ',':
                _place++;
                return false;
            case '\r' when _place + 1 < text.Length && text[_place + 1] == '\n':
                _place += 2;
                _line++;
                return true;
            case '\n':
                _place++;
                _line++;
                return true;
            default:
                throw new FormatException("A quotation mark or a carriage return stands where none may be.");
        }
    }
}
